export class InviteDto {
  /** @example 5 */
  id: number;

  /** @example 7 */
  groupId: number;

  /** @example 1 */
  createdBy: number;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /** @example "2026-02-07T08:00:00.000Z" */
  expiresAt: string;

  /** @example 10 */
  maxUses: number | null;

  /** @example 3 */
  uses: number;

  /** @example null */
  revokedAt: string | null;
}
