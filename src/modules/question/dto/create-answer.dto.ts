import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { ImageIds } from '../../../common/validation/image-ids.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';

export class CreateAnswerDto {
  /**
   * Markdown; `@nickname` names people.
   * @example "先吃半根**香蕉**。"
   */
  @IsText({ min: 1, max: CONTENT_LIMITS.body, multiline: true })
  body: string;

  /** Of own uploads, in the order in which they are shown; `[]`: none, also in an edit. */
  @Optional()
  @ImageIds()
  imageIds?: number[];
}
