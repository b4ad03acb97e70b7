import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { ImageIds } from '../../../common/validation/image-ids.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';

export class PreviewMarkdownDto {
  /**
   * Markdown.
   * @example "坚持的秘诀：**前一天晚上**把跑鞋放在门口。"
   */
  @IsText({ min: 1, max: CONTENT_LIMITS.body, multiline: true })
  body: string;

  /** Uploads of mine that the body may show. */
  @Optional()
  @ImageIds()
  imageIds?: number[];
}
