import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { QUESTION_LIMITS } from '../question.limits.js';

export class ReopenQuestionQueryDto {
  /** Why; kept in the log where a moderator reopens it. */
  @Optional()
  @IsText({ min: 1, max: QUESTION_LIMITS.closeReason })
  reason?: string;
}
