import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';

export type CountedTable = 'questions' | 'answers';

/** Flags are 0 and 1. */
export type Counters = Record<string, number | null>;

/** A row's counters, and what the rows below it make of them. */
export interface CountedRow {
  id: number;
  is: Counters;
  should: Counters;
}

const votesOn = (type: 'question' | 'answer') =>
  `(select coalesce(sum(v.value), 0) from votes v where v.target_type = '${type}' and v.target_id = x.id)`;

/** Of each table the columns, and an SQL expression for what is to be in them in the row `x`. */
const COUNTERS: Record<CountedTable, Record<string, string>> = {
  questions: {
    answer_count: "(select count(*) from answers a where a.question_id = x.id and a.state = 'visible')",
    vote_score: votesOn('question'),
    follower_count: '(select count(*) from question_follows f where f.question_id = x.id)',
    accepted_answer_id: `(select a.id from answers a
      where a.id = x.accepted_answer_id and a.question_id = x.id and a.state = 'visible')`,
  },
  answers: {
    vote_score: votesOn('answer'),
    reply_count: "(select count(*) from answer_replies r where r.answer_id = x.id and r.state = 'visible')",
    accepted: `(select count(*) from questions q
      where q.id = x.question_id and q.accepted_answer_id = x.id and x.state = 'visible')`,
  },
};

const selectOf = (table: CountedTable) => {
  const columns = Object.entries(COUNTERS[table]).map(
    ([column, should]) => `x.${column} as is_${column}, ${should} as should_${column}`,
  );
  return `select x.id, ${columns.join(', ')} from ${table} x`;
};

@Injectable()
export class QuestionRecountRepository {
  constructor(private readonly db: Database) {}

  /** In the order of their ids. */
  async list(table: CountedTable, afterId: number, limit: number): Promise<CountedRow[]> {
    const sql = `${selectOf(table)} where x.id > ? order by x.id limit ${limit}`;
    return (await this.db.rows<FlatRow>(sql, [afterId])).map(toCountedRow);
  }

  /** One row, with its writers locked out until the transaction is over. */
  async lock(table: CountedTable, id: number): Promise<CountedRow | undefined> {
    const { forUpdate } = this.db.dialect;
    if (table === 'answers') {
      const question = '(select question_id from answers where id = ?)';
      await this.db.rows(`select id from questions where id = ${question}${forUpdate}`, [id]);
    }
    await this.db.rows(`select id from ${table} where id = ?${forUpdate}`, [id]);
    const row = await this.db.row<FlatRow>(`${selectOf(table)} where x.id = ?`, [id]);
    return row && toCountedRow(row);
  }

  async save(table: CountedTable, id: number, counters: Counters): Promise<void> {
    const columns = Object.keys(counters).map((column) => `${column} = ?`);
    const sql = `update ${table} set ${columns.join(', ')} where id = ?`;
    await this.db.run(sql, [...Object.values(counters), id]);
  }
}

type FlatRow = { id: number } & Record<string, number | string | null>;

/** Sums come as text from MySQL. */
function toCountedRow({ id, ...columns }: FlatRow): CountedRow {
  const row: CountedRow = { id, is: {}, should: {} };
  for (const [name, value] of Object.entries(columns)) {
    const [kind, column] = name.split(/_(.*)/) as ['is' | 'should', string];
    row[kind][column] = value === null ? null : Number(value);
  }
  return row;
}
