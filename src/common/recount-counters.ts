import { hotScoreOf } from './content/hot-score.js';
import type { Database } from './database/database.js';
import { type Instant, instantOf } from './database/values.js';
import {
  differences,
  isEmpty,
  type RecountedTable,
  type RecountOptions,
  RecountRun,
  wanted,
} from './recount.js';

/** Flags are 0 and 1. */
type Counters = Record<string, number | null>;

/** A table with columns that follow from other rows. */
export interface CountedTable {
  name: string;
  /** Column → SQL for what it should hold in the row `x`. */
  counters: Readonly<Record<string, string>>;
  /** Of its `hot_score`, from the counters as they should be. */
  hotPoints?: (counters: Counters) => number;
  /** Selects what the writers of a row lock before it; the parameter is the row's id. */
  lockedBefore?: string;
}

interface CountedRow {
  id: number;
  is: Counters;
  should: Counters;
}

const BATCH = 200;

/**
 * Holds every counter of some tables against the rows it comes from. It may run beside a server: what differs at
 * first sight is looked at once more with its writers locked out.
 */
export async function recountCounters(
  db: Database,
  tables: readonly CountedTable[],
  options: RecountOptions,
): Promise<RecountedTable[]> {
  const run = new RecountRun(
    db,
    options,
    tables.map(({ name }) => name),
  );
  for (const table of tables) {
    for (let after: number | undefined = 0; after !== undefined;) {
      const rows: CountedRow[] = await list(db, table, `x.id > ? order by x.id limit ${BATCH}`, after);
      run.count(table.name, rows.length);
      for (const { id, is, should } of rows)
        if (!isEmpty(differences(is, should))) await db.transaction(() => recountRow(db, run, table, id));
      after = rows.at(-1)?.id;
    }
  }
  return run.result;
}

async function recountRow(
  db: Database,
  run: RecountRun<string>,
  table: CountedTable,
  id: number,
): Promise<void> {
  const { forUpdate } = db.dialect;
  if (table.lockedBefore) await db.rows(table.lockedBefore + forUpdate, [id]);
  await db.rows(`select id from ${table.name} where id = ?${forUpdate}`, [id]);
  const [row] = await list(db, table, 'x.id = ?', id);
  if (!row) return;
  const drift = differences(row.is, row.should);
  await run.drift(table.name, `id ${id}`, drift, () => save(db, table, id, wanted(drift) as Counters));
}

async function save(db: Database, { name }: CountedTable, id: number, counters: Counters): Promise<void> {
  const columns = Object.keys(counters).map((column) => `${column} = ?`);
  await db.run(`update ${name} set ${columns.join(', ')} where id = ?`, [...Object.values(counters), id]);
}

type FlatRow = { id: number; created?: Instant } & Record<string, number | string | null>;

async function list(db: Database, table: CountedTable, where: string, param: number): Promise<CountedRow[]> {
  const columns = Object.entries(table.counters).map(
    ([column, should]) => `x.${column} as is_${column}, ${should} as should_${column}`,
  );
  if (table.hotPoints) columns.push('x.hot_score as is_hot_score, x.created_at as created');
  const sql = `select x.id, ${columns.join(', ')} from ${table.name} x where ${where}`;
  return (await db.rows<FlatRow>(sql, [param])).map((row) => toCountedRow(table, row));
}

function toCountedRow({ counters, hotPoints }: CountedTable, row: FlatRow): CountedRow {
  const columns = Object.keys(counters);
  if (hotPoints) columns.push('hot_score');
  const of = (kind: 'is' | 'should'): Counters =>
    Object.fromEntries(columns.map((column) => [column, numberOf(row[`${kind}_${column}`])]));
  const should = of('should');
  if (hotPoints) should.hot_score = hotScoreOf(instantOf(row.created!), hotPoints(should));
  return { id: row.id, is: of('is'), should };
}

/** Sums come as text from MySQL. */
const numberOf = (value: number | string | null | undefined) => (value == null ? null : Number(value));
