export class MyBanDto {
  /** @example "广告" */
  reason: string | null;

  /**
   * Null: for good.
   * @example null
   */
  until: string | null;
}
