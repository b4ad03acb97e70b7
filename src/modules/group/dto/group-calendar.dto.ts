export class GroupCalendarDayDto {
  /** @example "2026-01-31" */
  day: string;

  /**
   * Present members expected that day; with times per week all who were members. 0 for days to come.
   * @example 40
   */
  due: number;

  /** @example 35 */
  done: number;

  /**
   * 0 to 1; null when nobody is expected.
   * @example 0.875
   */
  rate: number | null;
}

export class GroupCalendarDto {
  /** @example "2026-01" */
  month: string;

  /** @example "2026-01-31" */
  today: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  days: GroupCalendarDayDto[];
}
