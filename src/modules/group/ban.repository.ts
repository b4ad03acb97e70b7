import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../common/database/database.js';
import { instantOf } from '../../common/database/values.js';
import type { Ban } from './ban.entity.js';
import type { Instant } from './group-context.js';

export interface BanRow {
  id: number;
  userId: number;
  nickname: string;
  avatar: string | null;
  reason: string | null;
  bannedUntil: Instant | null;
  createdAt: Instant;
}

@Injectable()
export class BanRepository {
  private readonly saveSql: string;

  constructor(private readonly db: Database) {
    this.saveSql = db.dialect.upsert({
      table: 'group_bans',
      columns: ['group_id', 'user_id', 'reason', 'banned_until', 'banned_by', 'created_at'],
      key: ['group_id', 'user_id'],
      update: Object.fromEntries(
        ['reason', 'banned_until', 'banned_by', 'created_at'].map((column) => [
          column,
          (inserted) => inserted(column),
        ]),
      ),
    });
  }

  async save(ban: Omit<Ban, 'id'>): Promise<void> {
    const { groupId, userId, reason, bannedUntil, bannedBy, createdAt } = ban;
    await this.db.run(this.saveSql, [groupId, userId, reason, bannedUntil, bannedBy, createdAt]);
  }

  /** False when there was none. */
  async delete(groupId: number, userId: number): Promise<boolean> {
    const sql = 'delete from group_bans where group_id = ? and user_id = ?';
    return (await this.db.run(sql, [groupId, userId])).affected > 0;
  }

  /** The one in force. */
  async find(
    groupId: number,
    userId: number,
    now: Date,
  ): Promise<Pick<BanRow, 'reason' | 'bannedUntil'> | undefined> {
    const sql =
      'select reason, banned_until as bannedUntil from group_bans where group_id = ? and user_id = ?';
    const ban = await this.db.row<Pick<BanRow, 'reason' | 'bannedUntil'>>(sql, [groupId, userId]);
    return ban && (ban.bannedUntil === null || instantOf(ban.bannedUntil) > now) ? ban : undefined;
  }

  /** Those in force, newest first. */
  list(groupId: number, now: Date, limit: number, beforeId?: number): Promise<BanRow[]> {
    const params: SqlValue[] = [groupId, now];
    if (beforeId !== undefined) params.push(beforeId);
    const sql = `select b.id, b.user_id as userId, u.nickname, u.avatar, b.reason, b.banned_until as bannedUntil,
      b.created_at as createdAt from group_bans b join users u on u.id = b.user_id
      where b.group_id = ? and (b.banned_until is null or b.banned_until > ?)
      ${beforeId === undefined ? '' : 'and b.id < ?'} order by b.id desc limit ${limit}`;
    return this.db.rows<BanRow>(sql, params);
  }
}
