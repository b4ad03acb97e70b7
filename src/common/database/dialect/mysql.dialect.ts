import { QueryFailedError } from 'typeorm';
import type { DatabaseErrorKind, DatabaseFailure } from '../database-error.js';
import { Dialect, type Upsert } from './dialect.js';

const KINDS = new Map<number, DatabaseErrorKind>([
  [1062, 'duplicate'],
  [1216, 'foreignKey'],
  [1217, 'foreignKey'],
  [1451, 'foreignKey'],
  [1452, 'foreignKey'],
  [1020, 'retry'], // record has changed since last read (MariaDB snapshot isolation)
  [1205, 'retry'], // lock wait timeout
  [1213, 'retry'], // deadlock, Galera certification failure
  [1040, 'unavailable'], // too many connections
  [1203, 'unavailable'],
  [1226, 'unavailable'],
  [1290, 'unavailable'], // read-only server, e.g. a demoted primary
  [1836, 'unavailable'],
  [1317, 'unavailable'], // interrupted
  [1969, 'unavailable'], // max_statement_time (MariaDB)
  [3024, 'unavailable'], // max_execution_time (MySQL)
  [1047, 'unavailable'], // Galera node not ready
  [1053, 'unavailable'], // server shutdown in progress
  [1927, 'unavailable'], // connection was killed
  [4031, 'unavailable'], // disconnected by the server because of inactivity
]);

/** The server ends the connection after these. 1290 and 1836: this server will not take writes, another may. */
const ENDS_CONNECTION = new Set([1047, 1053, 1290, 1836, 1927, 4031]);

/** Messages of these name a column or table and hold no value. */
const HARMLESS_MESSAGE = new Set([1048, 1054, 1146, 1264, 1364, 1406]);

interface DriverError extends Error {
  code?: string;
  errno?: number;
  sqlState?: string;
  sqlMessage?: string;
  fatal?: boolean;
}

export class MysqlDialect extends Dialect {
  readonly kind = 'mysql';
  readonly forUpdate = ' FOR UPDATE';

  quote(name: string): string {
    return `\`${name.replaceAll('`', '``')}\``;
  }

  alongIndex(name: string): string {
    return ` FORCE INDEX (${this.quote(name)})`;
  }

  readError(thrown: unknown): DatabaseFailure | undefined {
    const wrapped = thrown instanceof QueryFailedError;
    const error: DriverError = wrapped ? thrown.driverError : (thrown as DriverError);
    if (!(error instanceof Error)) return undefined;
    if (error.sqlState === undefined) {
      if (error.fatal)
        return { kind: 'unavailable', code: error.code ?? 'CONNECTION_LOST', connectionLost: true };
      return wrapped ? { kind: 'other', code: error.code ?? error.name, detail: error.message } : undefined;
    }
    const { errno = 0, sqlMessage = '' } = error;
    const kind = KINDS.get(errno) ?? 'other';
    return {
      kind,
      code: error.code ?? String(errno),
      sqlState: error.sqlState,
      // MariaDB says 'index', MySQL 'table.index'; the duplicate value before it may contain anything.
      index: kind === 'duplicate' ? /([^'.]+)'$/.exec(sqlMessage)?.[1] : undefined,
      connectionLost: error.fatal === true || ENDS_CONNECTION.has(errno),
      detail: HARMLESS_MESSAGE.has(errno) ? sqlMessage : undefined,
    };
  }

  /** Any unique index of the table decides, not only `key`. */
  upsert(parts: Upsert): string {
    const assignments = this.assignmentsOf(parts, (column) => `VALUES(${this.quote(column)})`);
    const [first = 'id'] = parts.key;
    const unchanged = `${this.quote(first)} = ${this.quote(first)}`;
    return `${this.insertOf(parts)} ON DUPLICATE KEY UPDATE ${assignments || unchanged}`;
  }
}
