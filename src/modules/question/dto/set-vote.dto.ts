import { IsIntIn } from '../../../common/validation/is-int-in.js';

export class SetVoteDto {
  /**
   * In favour, none, or against.
   * @example 1
   */
  @IsIntIn(-1, 1)
  value: 1 | 0 | -1;
}
