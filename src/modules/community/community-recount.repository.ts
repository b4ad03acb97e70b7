import { Injectable } from '@nestjs/common';
import { hotBaseOf } from '../../common/content/hot-score.js';
import { Database } from '../../common/database/database.js';
import { type Instant, instantOf } from '../../common/database/values.js';

export type CountedTable = 'group_info' | 'posts' | 'comments' | 'check_ins';
export type Counters = Record<string, number>;

/** A row's counters, and what the rows they come from make of them. */
export interface CountedRow {
  id: number;
  is: Counters;
  should: Counters;
}

const likesOf = (type: string) =>
  `(select count(*) from likes l where l.target_type = '${type}' and l.target_id = x.id)`;
const commentsOn = (type: string) =>
  `(select count(*) from comments c where c.target_type = '${type}' and c.target_id = x.id and c.state = 'visible')`;

/** Of each table the columns, and an SQL expression for what is to be in them in the row `x`. */
const COUNTERS: Record<CountedTable, Record<string, string>> = {
  group_info: {
    post_count: "(select count(*) from posts p where p.group_id = x.id and p.state = 'visible')",
  },
  posts: { comment_count: commentsOn('post'), like_count: likesOf('post') },
  comments: {
    reply_count: "(select count(*) from comments r where r.root_id = x.id and r.state = 'visible')",
    like_count: likesOf('comment'),
  },
  check_ins: { comment_count: commentsOn('checkIn'), like_count: likesOf('checkIn') },
};

type FlatRow = { id: number; created: Instant | null } & Record<string, number>;

@Injectable()
export class CommunityRecountRepository {
  constructor(private readonly db: Database) {}

  /** In the order of their ids. */
  async list(table: CountedTable, afterId: number, limit: number): Promise<CountedRow[]> {
    const sql = `${selectOf(table)} where x.id > ? order by x.id limit ${limit}`;
    return (await this.db.rows<FlatRow>(sql, [afterId])).map((row) => toCountedRow(table, row));
  }

  /** One row, whose writers wait until the transaction is over: they all begin with it. */
  async lock(table: CountedTable, id: number): Promise<CountedRow | undefined> {
    await this.db.rows(`select id from ${table} where id = ?${this.db.dialect.forUpdate}`, [id]);
    const row = await this.db.row<FlatRow>(`${selectOf(table)} where x.id = ?`, [id]);
    return row && toCountedRow(table, row);
  }

  async save(table: CountedTable, id: number, counters: Counters): Promise<void> {
    const columns = Object.keys(counters).map((column) => `${column} = ?`);
    await this.db.run(`update ${table} set ${columns.join(', ')} where id = ?`, [
      ...Object.values(counters),
      id,
    ]);
  }
}

function selectOf(table: CountedTable): string {
  const columns = Object.entries(COUNTERS[table]).map(
    ([column, should]) => `x.${column} as is_${column}, ${should} as should_${column}`,
  );
  if (table === 'posts') columns.push('x.hot_score as is_hot_score, x.created_at as created');
  return `select x.id, ${columns.join(', ')} from ${table} x`;
}

function toCountedRow(table: CountedTable, row: FlatRow): CountedRow {
  const columns = Object.keys(COUNTERS[table]);
  const of = (kind: string): Counters =>
    Object.fromEntries(columns.map((column) => [column, Number(row[`${kind}_${column}`])]));
  const [is, should] = [of('is'), of('should')];
  if (table === 'posts') {
    is.hot_score = Number(row.is_hot_score);
    should.hot_score = hotScoreOf(instantOf(row.created!), should);
  }
  return { id: row.id, is, should };
}

/** As the statements reckon it that change the counters: both parts are rounded. */
const hotScoreOf = (createdAt: Date, { like_count = 0, comment_count = 0 }: Counters) =>
  hotBaseOf(createdAt) + Math.round(1000 * Math.log2(1 + like_count + 2 * comment_count));
