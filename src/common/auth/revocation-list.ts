import { Injectable } from '@nestjs/common';
import { Cache } from '../cache/cache.js';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../time/clock.js';
import type { AccessClaims } from './access-token.js';

export type TokenStatus = 'valid' | 'revoked' | 'expired';

/** Whose access tokens may have become invalid. */
export type Revoked = { sessionId: number } | { userId: number };

/** Access tokens that must not be accepted although they have not expired. Kept as long as such a token can live. */
@Injectable()
export class RevocationList {
  /** Epoch milliseconds of the newest expireTokensOf() of this process. */
  lastExpiry = 0;

  private readonly ttlSeconds: number;
  private readonly listeners: ((revoked: Revoked) => void)[] = [];

  constructor(
    private readonly cache: Cache,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    // The margin covers clocks that differ between processes.
    this.ttlSeconds = config.auth.accessTokenTtlSeconds + 60;
  }

  /** For what goes on after a token was checked. Hears of revocations of this process. */
  listen(listener: (revoked: Revoked) => void): void {
    this.listeners.push(listener);
  }

  /** From now on the access tokens of the session are invalid. */
  async revokeSession(sessionId: number): Promise<void> {
    await this.record(sessionKey(sessionId), '1', { sessionId });
  }

  /** Access tokens issued up to now are treated as expired: the client refreshes and learns, say, a new role. */
  async expireTokensOf(userId: number): Promise<void> {
    // Later than the one before also within a millisecond: tokens signed in between bear the time after that one.
    this.lastExpiry = Math.max(this.lastExpiry + 1, this.clock.now().getTime());
    await this.record(userKey(userId), String(this.lastExpiry), { userId });
  }

  /** Listeners are told also when the list cannot be reached: the sessions themselves know. */
  private async record(key: string, value: string, revoked: Revoked): Promise<void> {
    try {
      await this.cache.set(key, value, this.ttlSeconds);
    } finally {
      for (const listener of this.listeners) listener(revoked);
    }
  }

  /** Not a promise where the cache is in this process: it is asked at every request. */
  statusOf(claims: AccessClaims): TokenStatus | Promise<TokenStatus> {
    const keys = [sessionKey(claims.actor.sessionId), userKey(claims.actor.id)] as const;
    const revoked = this.cache.peek(keys[0]);
    if (revoked !== undefined) return statusFrom(claims, revoked, this.cache.peek(keys[1]) ?? null);
    return Promise.all([this.cache.get(keys[0]), this.cache.get(keys[1])]).then(([session, user]) =>
      statusFrom(claims, session, user),
    );
  }
}

function statusFrom(
  { issuedAt }: AccessClaims,
  revoked: string | null,
  expiredUpTo: string | null,
): TokenStatus {
  if (revoked !== null) return 'revoked';
  return issuedAt <= Number(expiredUpTo) ? 'expired' : 'valid';
}

const sessionKey = (sessionId: number) => `auth:revoked:${sessionId}`;
const userKey = (userId: number) => `auth:expired:${userId}`;
