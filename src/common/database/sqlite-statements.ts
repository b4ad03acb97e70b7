import type Sqlite from 'better-sqlite3';
import type { Dialect } from './dialect/dialect.js';
import type { RunResult, SqlValue } from './store.js';

type Statement = Sqlite.Statement<unknown[]>;

const MAX_STATEMENTS = 500;

/** Prepared statements on one connection, kept for the next time they are wanted. */
export class SqliteStatements {
  private readonly prepared = new Map<string, Statement>();

  constructor(
    private readonly handle: Sqlite.Database,
    private readonly dialect: Dialect,
  ) {}

  get inTransaction(): boolean {
    return this.handle.inTransaction;
  }

  rows<T>(sql: string, params: readonly SqlValue[]): T[] {
    return this.guarded(() => this.prepare(sql).all(...params.map(toSqlite)) as T[]);
  }

  run(sql: string, params: readonly SqlValue[]): RunResult {
    return this.guarded(() => {
      const { changes, lastInsertRowid } = this.prepare(sql).run(...params.map(toSqlite));
      return { affected: changes, insertId: Number(lastInsertRowid) };
    });
  }

  private prepare(sql: string): Statement {
    const known = this.prepared.get(sql);
    if (known) return known;
    const statement = this.handle.prepare<unknown[]>(sql);
    const [oldest] = this.prepared.keys();
    if (this.prepared.size >= MAX_STATEMENTS && oldest !== undefined) this.prepared.delete(oldest);
    this.prepared.set(sql, statement);
    return statement;
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.dialect.toError(error);
    }
  }
}

function toSqlite(value: SqlValue): string | number | null {
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, -1);
  return value;
}
