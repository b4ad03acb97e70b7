import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { ImageIds } from '../../../common/validation/image-ids.js';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { QUESTION_LIMITS } from '../question.limits.js';

export class CreateQuestionDto {
  /** @example "早上跑步前要不要吃东西？" */
  @IsText({ min: 1, max: QUESTION_LIMITS.title })
  title: string;

  /**
   * Markdown; `@nickname` names people.
   * @example "每天六点起床跑五公里，**空腹**总觉得没力气。"
   */
  @IsText({ min: 1, max: CONTENT_LIMITS.body, multiline: true })
  body: string;

  /**
   * One of `GET /question-categories`.
   * @example 2
   */
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  categoryId: number;

  /**
   * Ask in a group, of which one has to be a member; left out: ask the whole site.
   * @example 7
   */
  @Optional()
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  groupId?: number;

  /** Of own uploads, in the order in which they are shown; `[]`: none, also in an edit. */
  @Optional()
  @ImageIds()
  imageIds?: number[];
}
