export class MakeUpQuotaDto {
  /** Whether the group's rule knows make-ups. */
  allowed: boolean;

  /**
   * Per month.
   * @example 3
   */
  limit: number;

  /** @example 1 */
  used: number;

  /** @example 2 */
  remaining: number;

  /**
   * The month of the action, in the group's zone.
   * @example "2026-01"
   */
  month: string;

  /**
   * How many days back.
   * @example 7
   */
  windowDays: number;

  /**
   * Characters a reason needs.
   * @example 5
   */
  minReasonLength: number;

  /**
   * Missed days that can be made up now, latest first; empty when none is left.
   * @example ["2026-01-29"]
   */
  eligibleDays: string[];
}
