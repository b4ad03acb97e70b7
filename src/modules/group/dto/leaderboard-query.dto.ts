import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { Optional } from '../../../common/validation/optional.js';

export const BOARDS = ['streak', 'longest', 'total', 'week', 'month', 'today'] as const;
export type Board = (typeof BOARDS)[number];

export class LeaderboardQueryDto extends PageQueryDto {
  /**
   * `today` is the order of arrival, the others most first; by default `streak`.
   * @example "streak"
   */
  @Optional()
  @IsOneOf(BOARDS)
  board?: Board;
}
