import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { QueryInt } from '../../../common/validation/query-int.js';
import { GROUP_LIMITS } from '../group.limits.js';
import type { GroupSort } from '../group.repository.js';

export const GROUP_SORTS = ['new', 'hot', 'members'] as const satisfies readonly GroupSort[];

export class ListGroupsQueryDto extends PageQueryDto {
  /** Only groups of this category. */
  @Optional()
  @QueryInt(1, Number.MAX_SAFE_INTEGER)
  categoryId?: number;

  /**
   * `hot`: most check-ins lately; `members`: largest first; by default `new`.
   * @example "hot"
   */
  @Optional()
  @IsOneOf(GROUP_SORTS)
  sort?: GroupSort;

  /**
   * Part of the name; case, width and accents of compatibility forms do not matter.
   * @example "跑步"
   */
  @Optional()
  @IsText({ min: 1, max: GROUP_LIMITS.name })
  q?: string;
}
