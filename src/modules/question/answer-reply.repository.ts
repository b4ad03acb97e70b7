import { Injectable } from '@nestjs/common';
import type { ContentState } from '../../common/content/content-state.js';
import { Database, type SqlValue } from '../../common/database/database.js';
import type { Instant } from '../../common/database/values.js';
import { AnswerReply } from './answer-reply.entity.js';
import { placeIsVisible, type VisibleGroups } from './question.repository.js';

/** A reply with what it takes to show it, and the question it is below. */
export interface AnswerReplyRow {
  id: number;
  answerId: number;
  /** Of the author. */
  userId: number;
  nickname: string;
  avatar: string | null;
  replyToUserId: number | null;
  toNickname: string | null;
  toAvatar: string | null;
  body: string;
  html: string;
  htmlVersion: number;
  mentions: unknown;
  createdAt: Instant;
  editedAt: Instant | null;
  state: ContentState;
  removedBy: number | null;
  questionId: number;
  questionTitle: string;
  groupId: number | null;
}

const SELECT = `select r.id, r.answer_id as answerId, r.author_id as userId, u.nickname, u.avatar,
  r.reply_to_user_id as replyToUserId, t.nickname as toNickname, t.avatar as toAvatar, r.body, r.html,
  r.html_version as htmlVersion, r.mentions, r.created_at as createdAt, r.edited_at as editedAt, r.state,
  r.removed_by as removedBy, q.id as questionId, q.title as questionTitle, q.group_id as groupId
  from answer_replies r join users u on u.id = r.author_id
  left join users t on t.id = r.reply_to_user_id
  join answers a on a.id = r.answer_id and a.state = 'visible'
  join questions q on q.id = a.question_id and q.state = 'visible'
  left join group_info g on g.id = q.group_id`;

@Injectable()
export class AnswerReplyRepository {
  constructor(private readonly db: Database) {}

  /** In whatever state it is, where its answer is there and the person may see the place. */
  find(id: number, visible: VisibleGroups): Promise<AnswerReplyRow | undefined> {
    const sql = `${SELECT} where r.id = ? and ${placeIsVisible(visible)}`;
    return this.db.row<AnswerReplyRow>(sql, [id, ...visible.params]);
  }

  /** Oldest first. */
  list(answerId: number, limit: number, afterId = 0): Promise<AnswerReplyRow[]> {
    const sql = `${SELECT} where r.answer_id = ? and r.state = 'visible' and r.id > ? order by r.id limit ${limit}`;
    return this.db.rows<AnswerReplyRow>(sql, [answerId, afterId]);
  }

  /** Whether a person has written the answer or a reply to it. */
  async takesPart(answerId: number, userId: number): Promise<boolean> {
    const params: SqlValue[] = [answerId, userId, answerId, userId];
    const sql = `select 1 as one from answers where id = ? and author_id = ? union all
      select 1 from answer_replies where answer_id = ? and author_id = ? and state = 'visible' limit 1`;
    return (await this.db.row(sql, params)) !== undefined;
  }

  insert(reply: Partial<AnswerReply>): Promise<number> {
    return this.db.insert(AnswerReply, reply);
  }

  /** False when it was taken away already. */
  async change(id: number, changes: Partial<AnswerReply>): Promise<boolean> {
    return (await this.db.repo(AnswerReply).update({ id, state: 'visible' }, changes)).affected === 1;
  }
}
