import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { Optional } from '../../../common/validation/optional.js';

export const POST_FILTERS = ['all', 'hot', 'excellent'] as const;
export type PostFilter = (typeof POST_FILTERS)[number];
export const POST_SORTS = ['new', 'hot'] as const;
export type PostSort = (typeof POST_SORTS)[number];

export class ListPostsQueryDto extends PageQueryDto {
  /**
   * `hot`: only pinned ones; `excellent`: only those; by default `all`.
   * @example "all"
   */
  @Optional()
  @IsOneOf(POST_FILTERS)
  filter?: PostFilter;

  /**
   * `hot`: most likes and comments lately; by default `new`. Pinned ones come first in either.
   * @example "new"
   */
  @Optional()
  @IsOneOf(POST_SORTS)
  sort?: PostSort;
}
