import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { Database } from '../../common/database/database.js';
import { deleteInBatches } from '../../common/database/delete-in-batches.js';
import type { Role } from '../../common/auth/role.js';
import { RefreshToken } from './refresh-token.entity.js';
import { type RevokeReason, Session } from './session.entity.js';

export interface RefreshRow {
  tokenId: number;
  usedAt: Date | string | null;
  sessionId: number;
  expiresAt: Date | string;
  revokedAt: Date | string | null;
  userId: number;
  role: Role;
}

const FIND_REFRESH = `select t.id as tokenId, t.used_at as usedAt, s.id as sessionId,
  s.expires_at as expiresAt, s.revoked_at as revokedAt, u.id as userId, u.role
  from refresh_tokens t join sessions s on s.id = t.session_id join users u on u.id = s.user_id
  where t.token_hash = ?`;

@Injectable()
export class SessionRepository {
  constructor(private readonly db: Database) {}

  insert(session: Omit<Session, 'id' | 'revokedAt' | 'revokeReason'>): Promise<number> {
    return this.db.insert(Session, session);
  }

  async insertToken(sessionId: number, tokenHash: string, createdAt: Date): Promise<void> {
    await this.db.repo(RefreshToken).insert({ sessionId, tokenHash, createdAt });
  }

  async isOpen(id: number, now: Date): Promise<boolean> {
    const sql = 'select 1 from sessions where id = ? and revoked_at is null and expires_at > ?';
    return (await this.db.row(sql, [id, now])) !== undefined;
  }

  /** True for the one caller who turned the token from unused to used. */
  async claimToken(tokenHash: string, at: Date): Promise<boolean> {
    const sql = 'update refresh_tokens set used_at = ? where token_hash = ? and used_at is null';
    return (await this.db.run(sql, [at, tokenHash])).affected === 1;
  }

  findRefresh(tokenHash: string): Promise<RefreshRow | undefined> {
    return this.db.row<RefreshRow>(FIND_REFRESH, [tokenHash]);
  }

  async touch(id: number, lastUsedAt: Date, expiresAt: Date): Promise<void> {
    await this.db.repo(Session).update({ id }, { lastUsedAt, expiresAt });
  }

  /** Live sessions, newest first; `before` is the last id of the page before. */
  listLive(userId: number, now: Date, limit: number, before?: number): Promise<Session[]> {
    return this.db.repo(Session).find({
      where: {
        userId,
        revokedAt: IsNull(),
        expiresAt: MoreThan(now),
        ...(before === undefined ? {} : { id: LessThan(before) }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Ends one live session of a user; false when there is none such. */
  async revoke(id: number, userId: number, reason: RevokeReason, at: Date): Promise<boolean> {
    const where = { id, userId, revokedAt: IsNull() };
    const result = await this.db.repo(Session).update(where, { revokedAt: at, revokeReason: reason });
    return (result.affected ?? 0) > 0;
  }

  /** Ends every live session of a user but `except`; the ids of those it ended. */
  async revokeAll(userId: number, reason: RevokeReason, at: Date, except?: number): Promise<number[]> {
    const where = { userId, revokedAt: IsNull(), ...(except === undefined ? {} : { id: Not(except) }) };
    const sessions = this.db.repo(Session);
    const live = await sessions.find({ where, select: { id: true } });
    await sessions.update(where, { revokedAt: at, revokeReason: reason });
    return live.map((session) => session.id);
  }

  /** Forgets sessions that expired or were revoked before then, and their tokens. */
  async removeEndedBefore(instant: Date): Promise<void> {
    const ended = 'expires_at < ? or revoked_at < ?';
    const params = [instant, instant];
    // Tokens first: a session may have thousands, and deleting it would delete them all at once.
    const ofEnded = `session_id in (select id from sessions where ${ended})`;
    await deleteInBatches(this.db, 'refresh_tokens', ofEnded, params);
    await deleteInBatches(this.db, 'sessions', ended, params);
  }
}
