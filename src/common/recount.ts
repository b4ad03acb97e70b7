import type { Database } from './database/database.js';

export interface RecountOptions {
  /** Whether to repair what has drifted; else nothing is changed. */
  fix?: boolean;
  /** Told of every row that is not what others say it should be. */
  onDrift?: (what: string) => void;
}

export interface RecountedTable {
  table: string;
  /** Rows looked at. */
  checked: number;
  /** Rows that were wrong. */
  drift: number;
  /** How many of those have been repaired. */
  fixed: number;
}

/** Column → what it holds and what it should hold, where these differ. */
export type Differences = Record<string, [is: unknown, should: unknown]>;

export function differences(is: object, should: object): Differences {
  const found: Differences = {};
  for (const [key, value] of Object.entries(should)) {
    const actual = (is as Record<string, unknown>)[key];
    if (show(actual) !== show(value)) found[key] = [actual, value];
  }
  return found;
}

export const isEmpty = (drift: Differences): boolean => Object.keys(drift).length === 0;

/** What the columns should hold. */
export const wanted = (drift: Differences): Record<string, unknown> =>
  Object.fromEntries(Object.entries(drift).map(([column, [, should]]) => [column, should]));

const describe = (drift: Differences): string =>
  Object.entries(drift)
    .map(([column, [is, should]]) => `${column} ${show(is)}, not ${show(should)}`)
    .join('; ');

const show = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** What one recount has found. */
export class RecountRun<Table extends string> {
  private readonly tables: Map<Table, RecountedTable>;

  constructor(
    private readonly db: Database,
    private readonly options: RecountOptions,
    tables: readonly Table[],
  ) {
    this.tables = new Map(tables.map((table) => [table, { table, checked: 0, drift: 0, fixed: 0 }]));
  }

  get result(): RecountedTable[] {
    return [...this.tables.values()];
  }

  count(table: Table, rows: number): void {
    this.tables.get(table)!.checked += rows;
  }

  /** In the transaction in which the drift was seen; `mend` is called when it is to be repaired. */
  async drift(table: Table, where: string, drift: Differences, mend?: () => Promise<void>): Promise<void> {
    if (isEmpty(drift)) return;
    const fixed = this.options.fix && mend;
    if (fixed) await mend();
    // A transaction may be tried several times, and is to be counted once.
    this.db.afterCommit(() => {
      const figures = this.tables.get(table)!;
      figures.drift++;
      if (fixed) figures.fixed++;
      this.options.onDrift?.(`${table} ${where}: ${describe(drift)}`);
    });
  }
}
