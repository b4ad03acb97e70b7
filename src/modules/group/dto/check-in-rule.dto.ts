import { ApiProperty } from '@nestjs/swagger';

export const SCHEDULES = ['daily', 'weekdays', 'perWeek'] as const;

export class CheckInRuleDto {
  /**
   * First day under this version of the rule; earlier days keep theirs.
   * @example "2026-01-31"
   */
  effectiveFrom: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  /**
   * Hours after local midnight at which a day begins, 0-6.
   * @example 3
   */
  dayStartHour: number;

  @ApiProperty({ enum: SCHEDULES, example: 'weekdays' })
  schedule: (typeof SCHEDULES)[number];

  /**
   * With the schedule `weekdays`: 1 Monday to 7 Sunday; else empty.
   * @example [1, 2, 3, 4, 5]
   */
  weekdays: number[];

  /**
   * With the schedule `perWeek`: 1-7; else null.
   * @example null
   */
  timesPerWeek: number | null;

  /** Whether missed days can be made up. */
  makeUpAllowed: boolean;

  /**
   * How many days back a make-up reaches.
   * @example 7
   */
  makeUpWindowDays: number;

  /**
   * Make-ups per calendar month and member.
   * @example 3
   */
  makeUpMonthlyLimit: number;

  /**
   * Characters a make-up's reason needs.
   * @example 5
   */
  makeUpMinReasonLength: number;

  /**
   * Characters a check-in's note needs; 0: no note needed.
   * @example 0
   */
  minNoteLength: number;

  /**
   * Whether a check-in needs a picture.
   * @example false
   */
  imageRequired: boolean;
}
