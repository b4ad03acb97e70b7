import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RevocationList } from '../../common/auth/revocation-list.js';
import type { Actor } from '../../common/auth/actor.js';
import type { Role } from '../../common/auth/role.js';
import { SessionCheck } from '../../common/auth/session-check.js';
import { TokenSigner } from '../../common/auth/token-signer.js';
import { decodeCursor, encodeCursor, toPage, type Page } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import { AppConfig } from '../../common/config/app-config.js';
import { Database } from '../../common/database/database.js';
import { instantOf } from '../../common/database/values.js';
import { Clock } from '../../common/time/clock.js';
import type { SessionDto } from './dto/session.dto.js';
import type { TokensDto } from './dto/tokens.dto.js';
import type { RevokeReason } from './session.entity.js';
import { SessionRepository } from './session.repository.js';
import { toSessionDto } from './user.mapper.js';
import { refreshInvalid, refreshReused, sessionNotFound } from './user.errors.js';
import { USER_LIMITS } from './user.limits.js';

export interface Device {
  address: string;
  userAgent: string;
}

/** Fresh tokens, before it is known how they will reach the client. */
export type Issued<T extends TokensDto = TokensDto> = T & { refreshToken: string };

/**
 * Sessions and their rotating refresh tokens. A successor is an HMAC of the token it replaces, so every
 * parallel refresh of one client arrives at the same successor although only hashes are stored.
 * Reuse detection follows RFC 9700 section 4.14.2.
 */
@Injectable()
export class SessionService extends SessionCheck {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionRepository,
    private readonly signer: TokenSigner,
    private readonly revocations: RevocationList,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    super();
  }

  isOpen(sessionId: number): Promise<boolean> {
    return this.sessions.isOpen(sessionId, this.clock.now());
  }

  /** Opens a session; joins the caller's transaction. */
  open(user: { id: number; role: Role }, device: Device): Promise<Issued> {
    const now = this.clock.now();
    const refreshToken = randomBytes(32).toString('base64url');
    return this.db.transaction(async () => {
      const sessionId = await this.sessions.insert({
        userId: user.id,
        userAgent: device.userAgent.slice(0, USER_LIMITS.userAgent),
        address: device.address,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: this.refreshExpiry(now),
      });
      await this.sessions.insertToken(sessionId, hashOf(refreshToken), now);
      return this.tokens(user, sessionId, refreshToken);
    });
  }

  /**
   * Exchanges a refresh token. Within the grace period the token just replaced yields the same successor
   * again (parallel tabs, a lost answer); any other second use ends the whole session.
   */
  async refresh(token: string): Promise<Issued> {
    const outcome = await this.db.transaction(() => this.rotate(token));
    // Thrown only now: inside, the rollback would undo the revocation.
    if (outcome === 'reused') throw refreshReused();
    return outcome;
  }

  private async rotate(token: string): Promise<Issued | 'reused'> {
    const now = this.clock.now();
    const claimed = await this.sessions.claimToken(hashOf(token), now);
    const row = await this.sessions.findRefresh(hashOf(token));
    if (!row || row.revokedAt !== null || instantOf(row.expiresAt) <= now) throw refreshInvalid();
    const successor = this.successorOf(token);
    if (claimed) {
      await this.sessions.insertToken(row.sessionId, hashOf(successor), now);
      await this.sessions.touch(row.sessionId, now, this.refreshExpiry(now));
    } else if (!(await this.isJustReplaced(row.usedAt, successor, now))) {
      await this.sessions.revoke(row.sessionId, row.userId, 'reuse', now);
      this.db.afterCommit(() => this.revocations.revokeSession(row.sessionId));
      return 'reused';
    }
    return this.tokens({ id: row.userId, role: row.role }, row.sessionId, successor);
  }

  private async isJustReplaced(usedAt: Date | string | null, successor: string, now: Date): Promise<boolean> {
    if (usedAt === null) return false;
    const ageMs = now.getTime() - instantOf(usedAt).getTime();
    if (ageMs > this.config.auth.refreshGraceSeconds * 1000) return false;
    const next = await this.sessions.findRefresh(hashOf(successor));
    return next !== undefined && next.usedAt === null;
  }

  async listSessions(actor: Actor, query: PageQueryDto): Promise<Page<SessionDto>> {
    const [before] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const rows = await this.sessions.listLive(actor.id, this.clock.now(), query.limit + 1, before);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map((session) => toSessionDto(session, actor.sessionId)) };
  }

  async revoke(actor: Actor, sessionId: number, reason: RevokeReason): Promise<void> {
    await this.db.transaction(async () => {
      const ended = await this.sessions.revoke(sessionId, actor.id, reason, this.clock.now());
      if (!ended) throw sessionNotFound();
      this.db.afterCommit(() => this.revocations.revokeSession(sessionId));
    });
  }

  /** Ends every session of a user but `except`; joins the caller's transaction. */
  async revokeAll(userId: number, reason: RevokeReason, except?: number): Promise<void> {
    const ended = await this.sessions.revokeAll(userId, reason, this.clock.now(), except);
    this.db.afterCommit(async () => {
      for (const id of ended) await this.revocations.revokeSession(id);
    });
  }

  private tokens(user: { id: number; role: Role }, sessionId: number, refreshToken: string): Issued {
    return {
      tokenType: 'Bearer',
      accessToken: this.signer.sign({ sub: user.id, sid: sessionId, role: user.role }),
      expiresIn: this.config.auth.accessTokenTtlSeconds,
      refreshToken,
      refreshExpiresIn: this.config.auth.refreshTokenTtlSeconds,
      sessionId,
    };
  }

  private refreshExpiry(now: Date): Date {
    return new Date(now.getTime() + this.config.auth.refreshTokenTtlSeconds * 1000);
  }

  private successorOf(token: string): string {
    return createHmac('sha256', this.config.auth.secretBytes).update(`refresh|${token}`).digest('base64url');
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
