import { IsIntIn } from '../../../common/validation/is-int-in.js';

export class AcceptAnswerDto {
  /**
   * An answer to this question.
   * @example 77
   */
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  answerId: number;
}
