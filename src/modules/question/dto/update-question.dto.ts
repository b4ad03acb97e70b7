import { OmitType, PartialType } from '@nestjs/swagger';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { CreateQuestionDto } from './create-question.dto.js';

/** Fields left out stay as they are. */
export class UpdateQuestionDto extends PartialType(OmitType(CreateQuestionDto, ['groupId']), {
  skipNullProperties: false,
}) {
  /**
   * That of the question as it was read.
   * @example 1
   */
  @IsIntIn(1, 2_147_483_647)
  version: number;
}
