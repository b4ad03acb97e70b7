import { Injectable } from '@nestjs/common';
import type { ContentState } from '../../common/content/content-state.js';
import { Database, type SqlValue } from '../../common/database/database.js';
import type { Instant } from '../../common/database/values.js';
import type { CommentTarget } from './comment.entity.js';

/** A comment or reply as one reader sees it. */
export interface CommentRow {
  id: number;
  rootId: number | null;
  userId: number;
  nickname: string;
  avatar: string | null;
  replyToUserId: number | null;
  replyToNickname: string | null;
  replyToAvatar: string | null;
  body: string;
  html: string;
  htmlVersion: number;
  mentions: unknown;
  state: ContentState;
  replyCount: number;
  likeCount: number;
  liked: boolean;
  createdAt: Instant;
  editedAt: Instant | null;
}

const COLUMNS = `c.id, c.root_id as rootId, c.author_id as userId, u.nickname, u.avatar,
  c.reply_to_user_id as replyToUserId, a.nickname as replyToNickname, a.avatar as replyToAvatar, c.body, c.html,
  c.html_version as htmlVersion, c.mentions, c.state, c.reply_count as replyCount, c.like_count as likeCount,
  l.id is not null as liked, c.created_at as createdAt, c.edited_at as editedAt`;

/** Its parameter is the reader's id. */
const JOINS = `join users u on u.id = c.author_id left join users a on a.id = c.reply_to_user_id
  left join likes l on l.target_type = 'comment' and l.target_id = c.id and l.user_id = ?`;

/** Pages come off an index; only their rows are looked up. */
@Injectable()
export class CommentListRepository {
  constructor(private readonly db: Database) {}

  find(id: number, readerId: number): Promise<CommentRow | undefined> {
    return this.db.row<CommentRow>(`select ${COLUMNS} from comments c ${JOINS} where c.id = ?`, [
      readerId,
      id,
    ]);
  }

  /** Visible ones, and deleted ones that still have replies. */
  listRoots(
    target: { type: CommentTarget; id: number },
    readerId: number,
    sort: 'old' | 'new',
    limit: number,
    after: number,
  ): Promise<CommentRow[]> {
    const [beyond, direction] = sort === 'old' ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
    const index = this.db.dialect.alongIndex('ix_comments_roots');
    const page = `select id from comments${index} where target_type = ? and target_id = ? and root_id is null
      and id ${beyond} ? and (state = 'visible' or reply_count > 0) order by id ${direction} limit ${limit}`;
    return this.list(page, [target.type, target.id, after], readerId, direction);
  }

  /** Visible ones, oldest first. */
  listReplies(rootId: number, readerId: number, limit: number, after: number): Promise<CommentRow[]> {
    const index = this.db.dialect.alongIndex('ix_comments_replies');
    const page = `select id from comments${index} where root_id = ? and state = 'visible' and id > ? order by id limit ${limit}`;
    return this.list(page, [rootId, after], readerId, 'asc');
  }

  /** The newest replies of each of some roots, at most `each`, oldest first. */
  async listNewestReplies(rootIds: readonly number[], readerId: number, each: number): Promise<CommentRow[]> {
    if (rootIds.length === 0) return [];
    // The end of each root's range in the index: what is read does not grow with the replies there are.
    const newest = `select id from comments where root_id = ? and state = 'visible' order by id desc limit ${each}`;
    const page = rootIds.map((_, n) => `select * from (${newest}) r${n}`).join(' union all ');
    return this.list(page, [...rootIds], readerId, 'asc');
  }

  private list(page: string, params: SqlValue[], readerId: number, direction: string): Promise<CommentRow[]> {
    const sql = `select ${COLUMNS} from (${page}) p join comments c on c.id = p.id ${JOINS} order by c.id ${direction}`;
    return this.db.rows<CommentRow>(sql, [...params, readerId]);
  }
}
