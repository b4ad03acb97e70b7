import { Injectable } from '@nestjs/common';
import type { WrittenText } from '../../common/content/content-text.js';
import type { ContentState } from '../../common/content/content-state.js';
import type { Removal } from '../../common/content/removal.js';
import { Database } from '../../common/database/database.js';
import { Comment, type CommentTarget } from './comment.entity.js';

/** What rules are decided by. */
export interface CommentHead {
  id: number;
  targetType: CommentTarget;
  targetId: number;
  groupId: number;
  authorId: number;
  rootId: number | null;
  body: string;
  mentions: unknown;
  state: ContentState;
  removedBy: number | null;
  replyCount: number;
  likeCount: number;
}

export type NewComment = Pick<
  Comment,
  'targetType' | 'targetId' | 'groupId' | 'authorId' | 'rootId' | 'replyToUserId' | 'createdAt'
> &
  WrittenText;

const HEAD = `select id, target_type as targetType, target_id as targetId, group_id as groupId, author_id as authorId,
  root_id as rootId, body, mentions, state, removed_by as removedBy, reply_count as replyCount, like_count as likeCount
  from comments where id = ?`;

const INSERT = `insert into comments (target_type, target_id, group_id, author_id, root_id, reply_to_user_id, body, html,
  html_version, mentions, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const EDIT = `update comments set body = ?, html = ?, html_version = ?, mentions = ?, edited_at = ?, updated_at = ?
  where id = ? and state = 'visible'`;

const TOOK_PART = `select 1 as found from comments where id = ? and author_id = ? and state = 'visible'
  union all select 1 from comments where root_id = ? and author_id = ? and state = 'visible' limit 1`;

@Injectable()
export class CommentRepository {
  constructor(private readonly db: Database) {}

  /** In whatever state. `lock`: nobody else changes it until the transaction is over. */
  findHead(id: number, { lock = false } = {}): Promise<CommentHead | undefined> {
    return this.db.row<CommentHead>(lock ? HEAD + this.db.dialect.forUpdate : HEAD, [id]);
  }

  async insert(comment: NewComment): Promise<number> {
    const { targetType, targetId, groupId, authorId, rootId, replyToUserId, createdAt } = comment;
    const { body, html, htmlVersion, mentions } = comment;
    const place = [targetType, targetId, groupId, authorId, rootId, replyToUserId];
    const text = [body, html, htmlVersion, mentions && JSON.stringify(mentions)];
    return (await this.db.run(INSERT, [...place, ...text, createdAt, createdAt])).insertId;
  }

  /** False when it is not visible any more. */
  async edit(id: number, { body, html, htmlVersion, mentions }: WrittenText, at: Date): Promise<boolean> {
    const text = [body, html, htmlVersion, mentions && JSON.stringify(mentions)];
    return (await this.db.run(EDIT, [...text, at, at, id])).affected === 1;
  }

  /** False when it is not visible any more. */
  async hide(id: number, removal: Removal): Promise<boolean> {
    const { state, removedAt, removedBy, removeReason } = removal;
    const sql = `update comments set state = ?, removed_at = ?, removed_by = ?, remove_reason = ?, updated_at = ?
      where id = ? and state = 'visible'`;
    const params = [state, removedAt, removedBy, removeReason, removedAt, id];
    return (await this.db.run(sql, params)).affected === 1;
  }

  /** False when there is no such comment any more. */
  async addReplies(rootId: number, delta: number): Promise<boolean> {
    const sql = 'update comments set reply_count = reply_count + ? where id = ?';
    return (await this.db.run(sql, [delta, rootId])).affected === 1;
  }

  /** False when it is not visible any more. */
  async addLikes(id: number, delta: number): Promise<boolean> {
    const sql = "update comments set like_count = like_count + ? where id = ? and state = 'visible'";
    return (await this.db.run(sql, [delta, id])).affected === 1;
  }

  /** Whether a person has written the root or a reply to it that can be seen. */
  async tookPart(rootId: number, userId: number): Promise<boolean> {
    return (await this.db.rows(TOOK_PART, [rootId, userId, rootId, userId])).length > 0;
  }
}
