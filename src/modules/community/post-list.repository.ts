import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../common/database/database.js';
import { POST_COLUMNS, POST_JOINS, type PostRow } from './post-row.js';

export interface PostPosition {
  pinned: boolean;
  /** 0 in lists that are not sorted by it. */
  hotScore: number;
  id: number;
}

export type GroupListRow = PostRow & { hotScore: number };

export interface GroupListOptions {
  /** `hot`: pinned ones. */
  filter: 'all' | 'hot' | 'excellent';
  sort: 'new' | 'hot';
  limit: number;
  after?: PostPosition;
}

interface Sql {
  sql: string;
  params: SqlValue[];
}

/** SQLite takes no more SELECTs in one compound than 500. */
const MOST_BRANCHES = 400;

/** Pages come off an index alone; only their rows are looked up. */
@Injectable()
export class PostListRepository {
  constructor(private readonly db: Database) {}

  /** Pinned first; then the newest, or the hottest. */
  listOfGroup(groupId: number, readerId: number, options: GroupListOptions): Promise<GroupListRow[]> {
    const { filter, after, limit } = options;
    const parts = [true, false]
      .filter((pinned) => (pinned || filter !== 'hot') && (!after || pinned <= after.pinned))
      .map((pinned) => this.branchOf(groupId, pinned, options));
    const page = unionOf(parts);
    const sql = `select ${POST_COLUMNS}, q.hotScore from (${page.sql}) q join posts p on p.id = q.id ${POST_JOINS}
      order by q.pinned desc, q.hotScore desc, q.id desc limit ${limit}`;
    return this.db.rows<GroupListRow>(sql, [...page.params, readerId]);
  }

  /** Of some groups, newest first. */
  async listOfGroups(
    groupIds: readonly number[],
    readerId: number,
    limit: number,
    beforeId: number,
  ): Promise<PostRow[]> {
    if (groupIds.length === 0) return [];
    // Each group's newest: what is read does not grow with the posts there are.
    const posts = `posts${this.db.dialect.alongIndex('ix_posts_group')}`;
    const page = unionOf(
      groupIds.map((groupId) => ({
        sql: `select id from ${posts} where group_id = ? and state = 'visible' and id < ? order by id desc limit ${limit}`,
        params: [groupId, beforeId],
      })),
    );
    return this.list(
      { ...page, sql: `select id from (${page.sql}) b order by id desc limit ${limit}` },
      readerId,
    );
  }

  /** Of one author, newest first; `visible` is a condition on their group `v`. */
  listOfAuthor(
    authorId: number,
    visible: Sql,
    readerId: number,
    limit: number,
    beforeId: number,
  ): Promise<PostRow[]> {
    const posts = `posts a${this.db.dialect.alongIndex('ix_posts_author')}`;
    // Counted, as MariaDB would begin with the groups of a join, or of an `exists`, and go through all their posts.
    const groups = `select count(*) from group_info v where v.id = a.group_id and ${visible.sql}`;
    const sql = `select a.id from ${posts}
      where a.author_id = ? and a.state = 'visible' and a.id < ? and (${groups}) = 1 order by a.id desc limit ${limit}`;
    return this.list({ sql, params: [authorId, beforeId, ...visible.params] }, readerId);
  }

  /** The pinned or the other posts of a group: one range of an index. */
  private branchOf(groupId: number, pinned: boolean, { filter, sort, limit, after }: GroupListOptions): Sql {
    const byHeat = sort === 'hot';
    const params: SqlValue[] = [groupId, pinned];
    let where = "group_id = ? and state = 'visible' and pinned = ?";
    if (filter === 'excellent') {
      where += ' and excellent = ?';
      params.push(true);
    }
    if (after?.pinned === pinned) {
      where += byHeat ? ' and hot_score <= ? and (hot_score < ? or id < ?)' : ' and id < ?';
      params.push(...(byHeat ? [after.hotScore, after.hotScore] : []), after.id);
    }
    const index = filter === 'excellent' ? 'ix_posts_excellent' : byHeat ? 'ix_posts_hot' : 'ix_posts_new';
    const posts = `posts${this.db.dialect.alongIndex(index)}`;
    const sql = `select id, pinned, ${byHeat ? 'hot_score' : '0'} as hotScore from ${posts} where ${where}
      order by ${byHeat ? 'hot_score desc, ' : ''}id desc limit ${limit}`;
    return { sql, params };
  }

  private list(page: Sql, readerId: number): Promise<PostRow[]> {
    const sql = `select ${POST_COLUMNS} from (${page.sql}) q join posts p on p.id = q.id ${POST_JOINS} order by p.id desc`;
    return this.db.rows<PostRow>(sql, [...page.params, readerId]);
  }
}

function unionOf(parts: readonly Sql[]): Sql {
  if (parts.length > MOST_BRANCHES) {
    const groups: Sql[] = [];
    for (let n = 0; n < parts.length; n += MOST_BRANCHES)
      groups.push(unionOf(parts.slice(n, n + MOST_BRANCHES)));
    return unionOf(groups);
  }
  return {
    sql: parts.map(({ sql }, n) => `select * from (${sql}) b${n}`).join(' union all '),
    params: parts.flatMap(({ params }) => params),
  };
}
