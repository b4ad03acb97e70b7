import type Sqlite from 'better-sqlite3';
import { QueryFailedError } from 'typeorm';
import type { DatabaseErrorKind, DatabaseFailure } from '../database-error.js';
import { Dialect, type Upsert } from './dialect.js';

/** By the start of the code: SQLite appends what went wrong in detail, e.g. `SQLITE_IOERR_WRITE`. */
const KINDS: readonly [string, DatabaseErrorKind][] = [
  ['SQLITE_CONSTRAINT_UNIQUE', 'duplicate'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'duplicate'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'foreignKey'],
  ['SQLITE_BUSY', 'retry'],
  ['SQLITE_LOCKED', 'retry'],
  ['SQLITE_FULL', 'unavailable'],
  ['SQLITE_IOERR', 'unavailable'],
  ['SQLITE_CANTOPEN', 'unavailable'],
];

export class SqliteDialect extends Dialect {
  readonly kind = 'sqlite';
  readonly forUpdate = '';

  /** @param handle where the names of unique indexes are looked up: SQLite reports their columns only */
  constructor(private readonly handle: Sqlite.Database) {
    super();
  }

  quote(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
  }

  /** SQLite starts at the cursor by itself. */
  alongIndex(): string {
    return '';
  }

  readError(thrown: unknown): DatabaseFailure | undefined {
    const wrapped = thrown instanceof QueryFailedError;
    const error: Error & { code?: string } = wrapped ? thrown.driverError : thrown;
    if (!(error instanceof Error)) return undefined;
    if (error.name !== 'SqliteError') {
      return wrapped ? { kind: 'other', code: error.name, detail: error.message } : undefined;
    }
    const { code = 'SQLITE_ERROR', message } = error;
    const kind = KINDS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'other';
    // SQLite's messages name tables and columns and hold no value, except for a piece of the SQL after a mistake in it.
    if (kind === 'other') return { kind, code, detail: message.replace(/near ".*": /s, '') };
    return { kind, code, index: kind === 'duplicate' ? this.uniqueIndexOf(message) : undefined };
  }

  upsert(parts: Upsert): string {
    const assignments = this.assignmentsOf(parts, (column) => `excluded.${this.quote(column)}`);
    const key = parts.key.map((name) => this.quote(name)).join(', ');
    return `${this.insertOf(parts)} ON CONFLICT (${key}) DO ${assignments ? `UPDATE SET ${assignments}` : 'NOTHING'}`;
  }

  /** `UNIQUE constraint failed: users.phone` → `uq_users_phone`. */
  private uniqueIndexOf(message: string): string | undefined {
    const columns = /failed: (.+)$/.exec(message)?.[1]?.split(', ') ?? [];
    const [table = ''] = columns[0]?.split('.') ?? [];
    const indexes = this.handle.prepare(UNIQUE_INDEXES).all(table) as { name: string; columns: string }[];
    const wanted = columns.map((column) => column.slice(table.length + 1)).join(',');
    return indexes.find((index) => index.columns === wanted)?.name;
  }
}

const UNIQUE_INDEXES = `
  SELECT list.name, (SELECT group_concat(info.name) FROM pragma_index_info(list.name) AS info) AS columns
  FROM pragma_index_list(?) AS list WHERE list."unique" = 1`;
