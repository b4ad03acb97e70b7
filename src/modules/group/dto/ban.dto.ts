import { UserRefDto } from '../../user/index.js';

export class BanDto {
  user: UserRefDto;

  /** @example "广告" */
  reason: string | null;

  /**
   * Null: for good.
   * @example null
   */
  until: string | null;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;
}
