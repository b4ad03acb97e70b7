import { PartialType } from '@nestjs/swagger';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { CreateAnswerDto } from './create-answer.dto.js';

/** Fields left out stay as they are. */
export class UpdateAnswerDto extends PartialType(CreateAnswerDto, { skipNullProperties: false }) {
  /**
   * That of the answer as it was read.
   * @example 1
   */
  @IsIntIn(1, 2_147_483_647)
  version: number;
}
