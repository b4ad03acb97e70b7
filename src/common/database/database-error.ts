/**
 * - `duplicate`: a unique index refused the row (`index` says which)
 * - `foreignKey`: a referenced row is missing, or a referencing one still exists
 * - `retry`: deadlock, lock timeout or write conflict; the same work may succeed when done again
 * - `unavailable`: no connection, no room in the queue, or no answer in time
 */
export type DatabaseErrorKind = 'duplicate' | 'foreignKey' | 'retry' | 'unavailable' | 'other';

export interface DatabaseFailure {
  kind: DatabaseErrorKind;
  /** The driver's name of the error, e.g. `ER_DUP_ENTRY`, `SQLITE_BUSY`. */
  code: string;
  sqlState?: string;
  /** Name of the violated unique index. */
  index?: string;
  /** The connection is gone; whatever it was doing has been rolled back, unless it was a commit. */
  connectionLost?: boolean;
  /** What a developer needs to find the mistake; never SQL or values. */
  detail?: string;
}

/**
 * The only shape in which a database error leaves this folder. Drivers and TypeORM put the statement and its
 * values into theirs, which must not reach a log.
 */
export class DatabaseError extends Error implements DatabaseFailure {
  readonly kind: DatabaseErrorKind;
  readonly code: string;
  readonly sqlState?: string;
  readonly index?: string;
  readonly connectionLost: boolean;

  constructor(failure: DatabaseFailure) {
    super([failure.code, failure.sqlState, failure.index, failure.detail].filter(Boolean).join(' '));
    this.name = 'DatabaseError';
    this.kind = failure.kind;
    this.code = failure.code;
    this.sqlState = failure.sqlState;
    this.index = failure.index;
    this.connectionLost = failure.connectionLost ?? false;
  }
}

/** Thrown by a repository whose optimistic version check missed: `transaction()` runs the whole function again. */
export class ConcurrentWriteError extends Error {
  constructor(message = 'Someone else changed the row meanwhile') {
    super(message);
    this.name = 'ConcurrentWriteError';
  }
}
