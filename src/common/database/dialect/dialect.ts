import { DatabaseError, type DatabaseFailure } from '../database-error.js';

/** Parts of an "insert, or update what is there" statement. */
export interface Upsert {
  table: string;
  /** Inserted columns; the statement has one `?` for each, in this order. */
  columns: readonly string[];
  /** Columns of the unique index that decides. */
  key: readonly string[];
  /**
   * Column → expression for the row that is there; `inserted(column)` is the value that was to be inserted.
   * Empty: the row that is there stays as it is.
   */
  update: Readonly<Record<string, string | ((inserted: (column: string) => string) => string)>>;
}

/** Everything in which the SQL of the two databases differs. */
export abstract class Dialect {
  abstract readonly kind: 'sqlite' | 'mysql';

  /** Ends a SELECT inside a transaction whose rows are to be locked; SQLite has but one writer anyway. */
  abstract readonly forUpdate: '' | ' FOR UPDATE';

  abstract quote(name: string): string;

  /**
   * After a table (and its alias) of a list that is read in the order of that index from a cursor on. MariaDB, left
   * alone, reads such an index from its end where the cursor bounds the primary key too: page 1000 costs a thousand.
   */
  abstract alongIndex(name: string): string;

  /** `undefined` when the error does not come from the database. */
  abstract readError(error: unknown): DatabaseFailure | undefined;

  /** One statement, one round trip. Its `affected` differs between the databases: do not look at it. */
  abstract upsert(parts: Upsert): string;

  /** `column LIKE ?` for a pattern made with `escapeLike`. Case-insensitive only where the column is folded. */
  like(column: string): string {
    return `${column} LIKE ? ESCAPE '!'`;
  }

  /** Text a user typed, so that it matches itself inside a LIKE pattern. */
  escapeLike(text: string): string {
    return text.replace(/[!%_]/g, '!$&');
  }

  /** A database error without SQL and values; any other error as it is. */
  toError(error: unknown): unknown {
    if (error instanceof DatabaseError) return error;
    const failure = this.readError(error);
    return failure ? new DatabaseError(failure) : error;
  }

  protected insertOf({ table, columns }: Upsert): string {
    const names = columns.map((name) => this.quote(name)).join(', ');
    return `INSERT INTO ${this.quote(table)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
  }

  protected assignmentsOf({ update }: Upsert, inserted: (column: string) => string): string {
    return Object.entries(update)
      .map(([name, value]) => `${this.quote(name)} = ${typeof value === 'string' ? value : value(inserted)}`)
      .join(', ');
  }
}
