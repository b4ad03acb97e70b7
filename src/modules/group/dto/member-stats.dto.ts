import { ApiProperty } from '@nestjs/swagger';
import { CalendarSummaryDto } from './member-calendar.dto.js';
import { StreakDto } from './streak.dto.js';
import { UserRefDto } from '../../user/index.js';

export class LongestStreakDto {
  /** @example 40 */
  length: number;

  @ApiProperty({ enum: ['day', 'week'], example: 'day' })
  unit: 'day' | 'week';
}

/** Rates and distributions are of the last year, so that they cost the same however long the history is. */
export class YearStatsDto extends CalendarSummaryDto {
  /** @example "2025-02-01" */
  from: string;

  /** @example "2026-01-31" */
  to: string;

  /**
   * Check-ins per weekday, Monday first.
   * @example [4, 5, 3, 4, 4, 1, 0]
   */
  byWeekday: number[];

  /**
   * Check-ins on time per local hour, from 0 o'clock.
   * @example [0, 0, 0, 0, 0, 2, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
   */
  byHour: number[];
}

export class MemberStatsDto {
  user: UserRefDto;

  /** @example "2026-01-31" */
  today: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  streak: StreakDto;

  longest: LongestStreakDto;

  /**
   * All check-ins ever, make-ups included.
   * @example 120
   */
  total: number;

  /** @example 3 */
  makeUps: number;

  /**
   * Check-ins for the days of this week, from Monday.
   * @example 4
   */
  thisWeek: number;

  /** @example 20 */
  thisMonth: number;

  year: YearStatsDto;
}
