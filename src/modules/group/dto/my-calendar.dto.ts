import { ApiProperty } from '@nestjs/swagger';

/** Summed up over my groups. */
class MyDayCountsDto {
  /**
   * In how many groups something was due: done, made up, missed, or still to be done today. A week with n times owes
   * no more than what was done or missed in it.
   * @example 3
   */
  due: number;

  /**
   * Check-ins, make-ups included.
   * @example 2
   */
  done: number;

  /**
   * Make-ups among those done.
   * @example 1
   */
  makeUps: number;

  /** @example 1 */
  missed: number;
}

export class MyCalendarDayDto extends MyDayCountsDto {
  /** @example "2026-01-31" */
  day: string;
}

export class MyCalendarSummaryDto extends MyDayCountsDto {
  /**
   * Days with a check-in, in whatever group.
   * @example 28
   */
  activeDays: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.913,
    description: 'Done among done and missed, 0 to 1; null when there is neither.',
  })
  rate: number | null;
}

export class MyCalendarDto {
  /**
   * The latest of my groups' todays, as they may lie in several time zones; without groups that of UTC.
   * @example "2026-01-31"
   */
  today: string;

  /** Every day of the range, once. Each group judges its own part by its own rule and its own today. */
  days: MyCalendarDayDto[];

  summary: MyCalendarSummaryDto;
}
