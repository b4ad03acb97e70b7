import { IsIntIn } from '../../../common/validation/is-int-in.js';

export class HandOverDto {
  /**
   * The member who becomes the owner.
   * @example 42
   */
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  userId: number;
}
