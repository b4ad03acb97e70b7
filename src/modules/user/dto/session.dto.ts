export class SessionDto {
  /** @example 17 */
  id: number;

  /** @example "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)" */
  userAgent: string;

  /** @example "203.0.113.7" */
  address: string;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /** @example "2026-02-01T07:30:00.000Z" */
  lastUsedAt: string;

  /** @example "2026-03-03T07:30:00.000Z" */
  expiresAt: string;

  /** Whether the request came from this session. */
  current: boolean;
}
