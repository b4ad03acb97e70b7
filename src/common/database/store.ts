import type { EntityManager } from 'typeorm';
import type { DatabaseError } from './database-error.js';
import type { Dialect } from './dialect/dialect.js';

export type SqlValue = string | number | boolean | Date | null;

export interface RunResult {
  /** Rows inserted, deleted or matched by an update. */
  affected: number;
  /** Id of the (first) inserted row; meaningless for other statements. */
  insertId: number;
}

export interface Statements {
  /** TypeORM bound to the same connection(s). */
  readonly manager: EntityManager;
  rows<T>(sql: string, params: readonly SqlValue[]): Promise<T[]>;
  run(sql: string, params: readonly SqlValue[]): Promise<RunResult>;
}

/** One open transaction on one connection. */
export interface Session extends Statements {
  /**
   * Set when the database has already rolled back, or may have: every further statement and the commit
   * throw it, because they would otherwise run outside the transaction.
   */
  readonly failure: DatabaseError | undefined;
  /** After a failure the outcome is unknown. The connection is given back in either case. */
  commit(): Promise<void>;
  /** Never throws. The connection is given back. */
  rollback(): Promise<void>;
}

/** What `Database` needs from a database product. */
export interface Store extends Statements {
  readonly dialect: Dialect;
  begin(): Promise<Session>;
  close(): Promise<void>;
}
