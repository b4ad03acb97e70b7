import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { Optional } from '../../../common/validation/optional.js';

export const COMMENT_SORTS = ['old', 'new'] as const;
export type CommentSort = (typeof COMMENT_SORTS)[number];

export class ListCommentsQueryDto extends PageQueryDto {
  /**
   * Which comes first; by default `old`.
   * @example "old"
   */
  @Optional()
  @IsOneOf(COMMENT_SORTS)
  sort?: CommentSort;
}
