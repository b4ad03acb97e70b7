import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { COMMUNITY_LIMITS } from '../community.limits.js';

/** What the author of a post decides. */
export class PostFieldsDto {
  /** @example "三十天，终于跑进半小时" */
  @IsText({ min: 1, max: COMMUNITY_LIMITS.title })
  title: string;

  /**
   * Markdown; `@nickname` tells that person.
   * @example "坚持的秘诀：**前一天晚上**把跑鞋放在门口。"
   */
  @IsText({ min: 1, max: CONTENT_LIMITS.body, multiline: true })
  body: string;

  /**
   * Uploads of mine, in the order in which they are shown; `[]`: none, also in an edit. The body shows one with
   * `![](/media/<name>.webp)`.
   * @example []
   */
  @Optional()
  @IsArray()
  @ArrayMaxSize(CONTENT_LIMITS.images)
  @ArrayUnique()
  @IsIntIn(1, Number.MAX_SAFE_INTEGER, { each: true })
  imageIds?: number[];
}
