import { CheckInDto } from './check-in.dto.js';
import { StreakDto } from './streak.dto.js';

export class CheckInResultDto {
  /** False: it had been done already, and nothing has changed. */
  created: boolean;

  checkIn: CheckInDto;

  /**
   * The group's day.
   * @example "2026-01-31"
   */
  day: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  /** @example "2026-01-31T16:00:00.000Z" */
  dayEndsAt: string;

  streak: StreakDto;

  /**
   * Check-ins of mine in this group, make-ups included.
   * @example 31
   */
  total: number;
}
