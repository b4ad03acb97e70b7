import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';

export class CreateAnswerReplyDto {
  /**
   * Markdown; `@nickname` names people.
   * @example "香蕉要提前多久吃？"
   */
  @IsText({ min: 1, max: CONTENT_LIMITS.shortBody, multiline: true })
  body: string;

  /**
   * Who has written the answer or a reply to it; left out: it is to the answer.
   */
  @Optional()
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  replyToUserId?: number;
}
