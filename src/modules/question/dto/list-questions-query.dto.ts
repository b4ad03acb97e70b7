import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { Optional } from '../../../common/validation/optional.js';
import { QueryFlag } from '../../../common/validation/query-flag.js';
import { QueryInt } from '../../../common/validation/query-int.js';
import type { QuestionSort } from '../question.repository.js';

export const QUESTION_SORTS = ['new', 'hot', 'unanswered'] as const satisfies readonly QuestionSort[];

export class ListQuestionsQueryDto extends PageQueryDto {
  /** Only questions of this category. */
  @Optional()
  @QueryInt(1, Number.MAX_SAFE_INTEGER)
  categoryId?: number;

  /**
   * `unanswered`: open ones without an answer, newest first; by default `new`.
   * @example "new"
   */
  @Optional()
  @IsOneOf(QUESTION_SORTS)
  sort?: QuestionSort;

  /** Only questions of this group; left out: those of the whole site and of every group I may see. */
  @Optional()
  @QueryInt(1, Number.MAX_SAFE_INTEGER)
  groupId?: number;

  /** Only those I have asked. */
  @Optional()
  @QueryFlag()
  mine?: boolean;
}
