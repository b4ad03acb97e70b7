import { IsText } from '../../../common/validation/is-text.js';
import { QUESTION_LIMITS } from '../question.limits.js';

export class CloseQuestionDto {
  /** @example "已经解决" */
  @IsText({ min: 1, max: QUESTION_LIMITS.closeReason })
  reason: string;
}
