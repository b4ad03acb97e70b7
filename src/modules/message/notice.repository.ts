import { Injectable } from '@nestjs/common';
import { ConcurrentWriteError, Database, type SqlValue } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import type { Notice, NoticeType, ObjectRef } from '../../common/events/notice.js';
import { MESSAGE_LIMITS } from './message.entity.js';

/** Columns of a message but for its receiver. */
const COLUMNS = [
  'type', 'detail', 'actor_id', 'target_type', 'target_id', 'place_type', 'place_id', 'answer_id', 'group_id',
  'title', 'excerpt', 'merge_key', 'created_at', 'updated_at',
] as const; // prettier-ignore

export interface ToldLike {
  id: number;
  messageId: number;
  receiverId: number;
  actorCount: number;
}

/** What notices leave behind. Everything joins the transaction of the act. */
@Injectable()
export class NoticeRepository {
  private readonly mergeSql: string;

  constructor(private readonly db: Database) {
    this.mergeSql = db.dialect.upsert({
      table: 'messages',
      columns: ['user_id', ...COLUMNS],
      key: ['user_id', 'merge_key'],
      update: {
        actor_count: 'messages.actor_count + 1',
        actor_id: (inserted) => inserted('actor_id'),
        updated_at: (inserted) => inserted('updated_at'),
      },
    });
  }

  /** One message for each receiver, in one statement. */
  async insert(
    notice: Notice,
    type: NoticeType,
    userIds: readonly number[],
    now: Date,
  ): Promise<{ userId: number; messageId: number }[]> {
    const { affected, insertId } = await this.db.run(
      `insert into messages (user_id, ${COLUMNS.join(', ')})
       select u.id, ${holes(COLUMNS)} from users u where u.id in (${holes(userIds)})`,
      [...valuesOf(notice, type, null, now), ...userIds],
    );
    const [userId] = userIds;
    if (userIds.length === 1 && userId !== undefined)
      return affected === 1 ? [{ userId, messageId: insertId }] : [];
    // The id of the first row, or of the last: that is where the databases differ.
    const sql = `select id as messageId, user_id as userId from messages
      where user_id in (${holes(userIds)}) and id > ? and type = ? and target_type = ? and target_id = ?`;
    const { target } = notice;
    return this.db.rows(sql, [...userIds, insertId - affected, type, target.type, target.id]);
  }

  /** Adds one more to the receiver's unread message about the likes of a thing, or begins one. */
  async merge(notice: Notice, userId: number, now: Date): Promise<number> {
    const key = `like:${notice.target.type}:${notice.target.id}`;
    await this.db.run(this.mergeSql, [userId, ...valuesOf(notice, 'like', key, now)]);
    const sql = 'select id from messages where user_id = ? and merge_key = ?';
    return (await this.db.row<{ id: number }>(sql, [userId, key]))!.id;
  }

  /**
   * Claims the right to tell of a person's like of a thing: `first` when it never was told, `again` when it was
   * taken back before anybody read of it, `told` when there is nothing left to tell.
   */
  async claimLike(actorId: number, target: ObjectRef, now: Date): Promise<'first' | 'again' | 'told'> {
    try {
      await this.db.run(
        'insert into message_likes (actor_id, target_type, target_id, created_at) values (?, ?, ?, ?)',
        [actorId, target.type, target.id, now],
      );
      return 'first';
    } catch (error) {
      if (this.db.duplicateKey(error) !== 'uq_message_likes_actor_target') throw error;
    }
    const sql = `select message_id as messageId from message_likes
      where actor_id = ? and target_type = ? and target_id = ?${this.db.dialect.forUpdate}`;
    const row = await this.db.row<{ messageId: number | null }>(sql, [actorId, target.type, target.id]);
    if (!row) throw new ConcurrentWriteError();
    return row.messageId === null ? 'again' : 'told';
  }

  async linkLike(actorId: number, target: ObjectRef, messageId: number, now: Date): Promise<void> {
    const sql = `update message_likes set message_id = ?, created_at = ?
      where actor_id = ? and target_type = ? and target_id = ?`;
    await this.db.run(sql, [messageId, now, actorId, target.type, target.id]);
  }

  /** Locks and answers the like if the message that tells of it is still unread. */
  findUnreadLike(actorId: number, target: ObjectRef): Promise<ToldLike | undefined> {
    const sql = `select l.id, m.id as messageId, m.user_id as receiverId, m.actor_count as actorCount
      from message_likes l join messages m on m.id = l.message_id
      where l.actor_id = ? and l.target_type = ? and l.target_id = ? and m.unread = ?${this.db.dialect.forUpdate}`;
    return this.db.row<ToldLike>(sql, [actorId, target.type, target.id, true]);
  }

  /** Takes the like out of its message; a message of nobody is none. */
  async withdrawLike({ id, messageId, actorCount }: ToldLike): Promise<void> {
    await this.db.run('update message_likes set message_id = ? where id = ?', [null, id]);
    if (actorCount === 1) {
      await this.db.run('delete from messages where id = ?', [messageId]);
      return;
    }
    const latest = `select l.actor_id from message_likes l where l.message_id = ?
      order by l.created_at desc, l.id desc limit 1`;
    const sql = `update messages set actor_count = actor_count - 1, actor_id = (${latest}) where id = ?`;
    await this.db.run(sql, [messageId, messageId]);
  }
}

function valuesOf(notice: Notice, type: NoticeType, mergeKey: string | null, now: Date): SqlValue[] {
  return [
    type,
    notice.detail,
    notice.actorId,
    notice.target.type,
    notice.target.id,
    notice.place.type,
    notice.place.id,
    notice.answerId,
    notice.groupId,
    cut(notice.title, MESSAGE_LIMITS.title),
    cut(notice.excerpt, MESSAGE_LIMITS.excerpt),
    mergeKey,
    now,
    now,
  ];
}

/** Columns count code points. */
function cut(text: string, max: number): string {
  const points = Array.from(text.slice(0, 2 * max));
  return points.length <= max && text.length <= 2 * max ? text : `${points.slice(0, max - 1).join('')}…`;
}
