import { ApiProperty } from '@nestjs/swagger';
import { DAY_STATES, type DayState } from '../rules/day-state.js';

export class CalendarCellDto {
  /** @example "2026-01-31" */
  day: string;

  @ApiProperty({ enum: DAY_STATES, example: 'DONE' })
  state: DayState;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 345,
    description: 'The check-in or make-up of that day; null: none.',
  })
  checkInId: number | null;
}

export class CalendarSummaryDto {
  /**
   * Check-ins on time.
   * @example 20
   */
  done: number;

  /** @example 1 */
  makeUps: number;

  /** @example 2 */
  missed: number;

  /**
   * Days on which something was to be done.
   * @example 23
   */
  due: number;

  /**
   * Done and made up among those decided, 0 to 1; null when none is.
   * @example 0.913
   */
  rate: number | null;
}

export class MemberCalendarDto {
  /** @example 42 */
  userId: number;

  /** @example "2026-01-31" */
  today: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  /** Every day of the range, once. */
  days: CalendarCellDto[];

  summary: CalendarSummaryDto;
}
