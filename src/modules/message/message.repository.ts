import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { Database, type SqlValue } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import type { Instant } from '../../common/database/values.js';
import type { NoticeObject, NoticeType } from '../../common/events/notice.js';
import { readableMessages } from './readable-messages.js';

export interface MessageRow {
  id: number;
  type: NoticeType;
  detail: string | null;
  actorCount: number;
  targetType: NoticeObject;
  targetId: number;
  placeType: NoticeObject;
  placeId: number;
  answerId: number | null;
  groupId: number | null;
  title: string;
  excerpt: string;
  unread: boolean | number;
  createdAt: Instant;
  updatedAt: Instant;
  userId: number | null;
  nickname: string | null;
  avatar: string | null;
}

export interface UnreadRow {
  type: NoticeType;
  count: number | string;
}

export interface MessageFilter {
  types?: readonly NoticeType[];
  unread?: boolean;
  ids?: readonly number[];
  beforeId?: number;
}

const SELECT = `select m.id, m.type, m.detail, m.actor_count as actorCount, m.target_type as targetType,
  m.target_id as targetId, m.place_type as placeType, m.place_id as placeId, m.answer_id as answerId,
  m.group_id as groupId, m.title, m.excerpt, m.unread, m.created_at as createdAt, m.updated_at as updatedAt,
  u.id as userId, u.nickname, u.avatar`;
const GROUP = 'left join group_info g on g.id = m.group_id';

/** Which has a person's messages of a kind from the newest on. */
function indexOf({ types, unread }: MessageFilter): string {
  if (unread !== undefined) return 'ix_messages_unread';
  return types?.length === 1 ? 'ix_messages_user_type' : 'ix_messages_user';
}

/** Messages marked as read in one statement. */
const READ_BATCH = 500;

/** Messages as their receiver sees them: nothing that he may not read now is listed or counted. */
@Injectable()
export class MessageRepository {
  constructor(private readonly db: Database) {}

  /** Newest first. */
  list(actor: Actor, { types, unread, ids, beforeId }: MessageFilter, limit: number): Promise<MessageRow[]> {
    const readable = readableMessages(actor);
    const conditions = [
      ['m.user_id = ?', actor.id],
      types && [`m.type in (${holes(types)})`, ...types],
      ids && [`m.id in (${holes(ids)})`, ...ids],
      unread !== undefined && ['m.unread = ?', unread],
      beforeId !== undefined && ['m.id < ?', beforeId],
      [readable.sql, ...readable.params],
    ].filter((each) => Array.isArray(each)) as [string, ...SqlValue[]][];
    const index = ids ? '' : this.db.dialect.alongIndex(indexOf({ types, unread }));
    const where = conditions.map(([sql]) => sql).join(' and ');
    const params = conditions.flatMap(([, ...values]) => values);
    const sql = `${SELECT} from messages m${index} ${GROUP} left join users u on u.id = m.actor_id
      where ${where} order by m.id desc limit ${limit}`;
    return this.db.rows<MessageRow>(sql, params);
  }

  countUnread(actor: Actor): Promise<UnreadRow[]> {
    const readable = readableMessages(actor);
    const sql = `select m.type, count(*) as count from messages m ${GROUP}
      where m.user_id = ? and m.unread = ? and ${readable.sql} group by m.type`;
    return this.db.rows<UnreadRow>(sql, [actor.id, true, ...readable.params]);
  }

  /** Whoever acts on the same thing from now on is told of in a new message. False: it was read already. */
  async markRead(userId: number, id: number): Promise<boolean> {
    const { affected } = await this.db.run(
      'update messages set unread = ?, merge_key = ? where id = ? and user_id = ? and unread = ?',
      [false, null, id, userId, true],
    );
    return affected > 0;
  }

  /** By their ids, as others lock them: along the index of the unread it would get in the way of every like. */
  async markAllRead(userId: number, types?: readonly NoticeType[]): Promise<boolean> {
    const ofTypes = types ? `and type in (${holes(types)})` : '';
    const unread = `select id from messages where user_id = ? and unread = ? ${ofTypes} and id > ?
      order by id limit ${READ_BATCH}`;
    let changed = false;
    for (let after = 0; ;) {
      const rows = await this.db.rows<{ id: number }>(unread, [userId, true, ...(types ?? []), after]);
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) {
        const sql = `update messages set unread = ?, merge_key = ? where id in (${holes(ids)}) and unread = ?`;
        changed = (await this.db.run(sql, [false, null, ...ids, true])).affected > 0 || changed;
      }
      if (ids.length < READ_BATCH) return changed;
      after = ids.at(-1)!;
    }
  }

  async delete(userId: number, id: number): Promise<void> {
    await this.db.run('delete from messages where id = ? and user_id = ?', [id, userId]);
  }

  /** Returns how many, at most `limit`. */
  async deleteReadBefore(before: Date, limit: number): Promise<number> {
    const old = `select id from messages where created_at < ? and unread = ? order by created_at limit ${limit}`;
    const { affected } = await this.db.run(`delete from messages where id in (select id from (${old}) old)`, [
      before,
      false,
    ]);
    return affected;
  }
}
