import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { IsText } from '../../../common/validation/is-text.js';

export class WriteCommentDto {
  /**
   * Markdown; `@nickname` tells that person.
   * @example "太棒了！配速多少？"
   */
  @IsText({ min: 1, max: CONTENT_LIMITS.shortBody, multiline: true })
  body: string;
}
