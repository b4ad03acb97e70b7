import { IsDay } from '../../../common/validation/is-day.js';

export class CalendarQueryDto {
  /** @example "2026-01-01" */
  @IsDay()
  from: string;

  /**
   * At most 400 days in all.
   * @example "2026-01-31"
   */
  @IsDay()
  to: string;
}
