import { Injectable } from '@nestjs/common';
import { hotPointsSql } from '../../common/content/hot-score.js';
import type { ContentState } from '../../common/content/content-state.js';
import { type Removal, RESTORED } from '../../common/content/removal.js';
import { Database } from '../../common/database/database.js';
import type { Instant } from '../../common/database/values.js';
import type { PostFlag } from './post-flags.js';
import { POST_COLUMNS, POST_JOINS, type PostRow } from './post-row.js';
import { PostRevision } from './post-revision.entity.js';
import { Post } from './post.entity.js';

export interface PostDetailRow extends PostRow {
  state: ContentState;
  body: string;
  html: string;
  htmlVersion: number;
  mentions: unknown;
  version: number;
}

/** What rules are decided by. */
export type PostHead = Pick<
  PostRow,
  'id' | 'groupId' | 'title' | 'excerpt' | 'locked' | 'likeCount' | 'createdAt'
> & {
  authorId: number;
  state: ContentState;
  removedBy: number | null;
};

export interface RevisionRow {
  version: number;
  title: string;
  body: string;
  createdAt: Instant;
  userId: number;
  nickname: string;
  avatar: string | null;
}

export type NewPost = Pick<
  Post,
  | 'groupId'
  | 'authorId'
  | 'checkInId'
  | 'title'
  | 'body'
  | 'html'
  | 'htmlVersion'
  | 'mentions'
  | 'excerpt'
  | 'images'
  | 'hotScore'
  | 'createdAt'
>;
export type PostChanges = Partial<
  Pick<Post, 'title' | 'body' | 'html' | 'htmlVersion' | 'mentions' | 'excerpt' | 'images' | 'editedAt'>
>;

const DETAIL = `select ${POST_COLUMNS}, p.state, p.body, p.html, p.html_version as htmlVersion, p.mentions, p.version
  from posts p ${POST_JOINS} where p.id = ?`;

const HEAD = `select id, group_id as groupId, author_id as authorId, title, excerpt, locked, like_count as likeCount,
  state, removed_by as removedBy, created_at as createdAt from posts`;

@Injectable()
export class PostRepository {
  constructor(private readonly db: Database) {}

  /** In whatever state. */
  find(id: number, readerId: number): Promise<PostDetailRow | undefined> {
    return this.db.row<PostDetailRow>(DETAIL, [readerId, id]);
  }

  /** In whatever state. `lock`: nobody else changes it until the transaction is over. */
  findHead(id: number, { lock = false } = {}): Promise<PostHead | undefined> {
    return this.db.row<PostHead>(`${HEAD} where id = ?${lock ? this.db.dialect.forUpdate : ''}`, [id]);
  }

  findHeadOfCheckIn(checkInId: number): Promise<PostHead | undefined> {
    return this.db.row<PostHead>(`${HEAD} where check_in_id = ?`, [checkInId]);
  }

  insert(post: NewPost): Promise<number> {
    return this.db.insert(Post, { ...post, updatedAt: post.createdAt });
  }

  async update(id: number, changes: PostChanges): Promise<void> {
    await this.db.repo(Post).update({ id }, changes);
  }

  /** False when somebody was faster, or it is no longer visible. */
  async edit(id: number, version: number, changes: PostChanges & { editedAt: Date }): Promise<boolean> {
    const edited = { ...changes, version: version + 1, updatedAt: changes.editedAt };
    const result = await this.db.repo(Post).update({ id, version, state: 'visible' }, edited);
    return (result.affected ?? 0) === 1;
  }

  async insertRevision(revision: Omit<PostRevision, 'id'>): Promise<void> {
    await this.db.repo(PostRevision).insert(revision);
  }

  /** The present version and those before it, newest first. */
  listRevisions(id: number, limit: number, before = 2_147_483_647): Promise<RevisionRow[]> {
    const columns = 'version, title, body';
    const sql = `select r.*, u.nickname, u.avatar from (
        select ${columns}, author_id as userId, coalesce(edited_at, created_at) as createdAt
          from posts where id = ? and version < ?
        union all select * from (select ${columns}, editor_id as userId, created_at as createdAt
          from post_revisions where post_id = ? and version < ? order by version desc limit ${limit}) o
      ) r join users u on u.id = r.userId order by r.version desc limit ${limit}`;
    return this.db.rows<RevisionRow>(sql, [id, before, id, before]);
  }

  /** False when it is not visible any more. */
  async hide(id: number, removal: Removal, at: Date): Promise<boolean> {
    const result = await this.db.repo(Post).update({ id, state: 'visible' }, { ...removal, updatedAt: at });
    return (result.affected ?? 0) === 1;
  }

  /** False when it is not in that state any more. */
  async show(id: number, from: ContentState, at: Date): Promise<boolean> {
    const result = await this.db.repo(Post).update({ id, state: from }, { ...RESTORED, updatedAt: at });
    return (result.affected ?? 0) === 1;
  }

  /** False when it was so already. */
  async setFlag(id: number, flag: PostFlag, value: boolean): Promise<boolean> {
    const sql = `update posts set ${flag} = ? where id = ? and ${flag} <> ? and state = 'visible'`;
    return (await this.db.run(sql, [value, id, value])).affected === 1;
  }

  async unlinkCheckIn(id: number): Promise<void> {
    await this.db.run('update posts set check_in_id = null where id = ?', [id]);
  }

  /** False when it is not visible any more. `hotBase`: `hotBaseOf` its creation. */
  addComments(id: number, delta: number, hotBase: number): Promise<boolean> {
    return this.count(id, 'comment_count', delta, hotBase, 'like_count + 2 * (comment_count + ?)');
  }

  /** False when it is not visible any more. `hotBase`: `hotBaseOf` its creation. */
  addLikes(id: number, delta: number, hotBase: number): Promise<boolean> {
    return this.count(id, 'like_count', delta, hotBase, 'like_count + ? + 2 * comment_count');
  }

  private async count(
    id: number,
    column: 'comment_count' | 'like_count',
    delta: number,
    hotBase: number,
    points: string,
  ): Promise<boolean> {
    // The score comes first, as MySQL would reckon it with the new counter, SQLite with the old one.
    const sql = `update posts set hot_score = ? + ${hotPointsSql(points)}, ${column} = ${column} + ?
      where id = ? and state = 'visible'`;
    return (await this.db.run(sql, [hotBase, delta, delta, id])).affected === 1;
  }
}
