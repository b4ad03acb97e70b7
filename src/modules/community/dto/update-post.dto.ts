import { PartialType } from '@nestjs/swagger';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { PostFieldsDto } from './post-fields.dto.js';

/** Fields left out stay as they are. */
export class UpdatePostDto extends PartialType(PostFieldsDto, { skipNullProperties: false }) {
  /**
   * The version that was edited; STALE_VERSION when there is a newer one.
   * @example 1
   */
  @IsIntIn(1, 2_147_483_647)
  version: number;
}
