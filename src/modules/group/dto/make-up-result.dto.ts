import { CheckInDto } from './check-in.dto.js';
import { StreakDto } from './streak.dto.js';

export class MakeUpResultDto {
  checkIn: CheckInDto;

  streak: StreakDto;

  /** @example 31 */
  total: number;

  /**
   * Make-ups left this month.
   * @example 2
   */
  remaining: number;
}
