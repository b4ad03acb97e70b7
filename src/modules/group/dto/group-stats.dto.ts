import { GroupCalendarDayDto } from './group-calendar.dto.js';

/** All figures speak of the present members. */
export class GroupStatsDto {
  /** @example 42 */
  memberCount: number;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  today: GroupCalendarDayDto;

  /**
   * Check-ins for the days of this week, from Monday.
   * @example 230
   */
  week: number;

  /** @example 900 */
  month: number;

  /** @example 12000 */
  total: number;

  /**
   * Members with a streak that stands.
   * @example 30
   */
  membersOnStreak: number;
}
