import { setTimeout as sleep } from 'node:timers/promises';
import { MigrationExecutor, type QueryRunner } from 'typeorm';
import type { AppDataSource } from './app-data-source.js';
import { DatabaseError } from './database-error.js';

export interface MigrationStatus {
  name: string;
  done: boolean;
}

/** How long a process waits for another one that migrates the same database. */
const LOCK_SECONDS = 120;

/** Brings the schema up to date; returns the names of what it had to do. Processes that start together do it once. */
export function migrate(dataSource: AppDataSource): Promise<string[]> {
  return locked(dataSource, async (executor) => {
    const done = await executor.executePendingMigrations();
    return done.map(({ name }) => name);
  });
}

/** Undoes the latest migration, and with it the data it made room for; returns its name, if there was one. */
export function revertLast(dataSource: AppDataSource): Promise<string | undefined> {
  return locked(dataSource, async (executor) => {
    const [latest] = await executor.getExecutedMigrations(); // latest first
    await executor.undoLastMigration();
    return latest?.name;
  });
}

/** Every migration, in the order in which they are done. */
export function status(dataSource: AppDataSource): Promise<MigrationStatus[]> {
  return locked(dataSource, async (executor) => {
    const executed = new Set((await executor.getExecutedMigrations()).map(({ name }) => name));
    return dataSource.migrations
      .map((migration) => migration.name ?? migration.constructor.name)
      .map((name) => ({ name, done: executed.has(name) }));
  });
}

type Work<T> = (executor: MigrationExecutor) => Promise<T>;

async function locked<T>(dataSource: AppDataSource, work: Work<T>): Promise<T> {
  const runner = dataSource.createMigrationRunner();
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'none';
  const lock = dataSource.options.type === 'better-sqlite3' ? lockedOnSqlite : lockedOnMysql;
  try {
    return await lock(dataSource, runner, () => work(executor));
  } catch (error) {
    const failure = dataSource.dialect.readError(error);
    // A migration holds no one's data, and whoever runs it needs to know what the database did not like.
    throw failure ? new DatabaseError({ ...failure, detail: (error as Error).message }) : error;
  }
}

/** DDL commits by itself, so a named lock, not a transaction. It ends with the connection, as do the settings. */
async function lockedOnMysql<T>(_: AppDataSource, runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  const connection = await runner.connect();
  try {
    await runner.query('SET SESSION lock_wait_timeout = 60 /*M! , max_statement_time = 0 */');
    const [{ granted }] = await runner.query(
      `SELECT GET_LOCK(CONCAT('migrate:', MD5(DATABASE())), ${LOCK_SECONDS}) AS granted`,
    );
    if (granted !== 1) throw new DatabaseError({ kind: 'unavailable', code: 'MIGRATION_LOCK' });
    return await work();
  } finally {
    connection.destroy();
  }
}

/** One transaction; foreign keys are off meanwhile, because rebuilding a table would fire their cascades. */
async function lockedOnSqlite<T>(
  dataSource: AppDataSource,
  runner: QueryRunner,
  work: () => Promise<T>,
): Promise<T> {
  const { handle } = dataSource;
  handle.pragma('foreign_keys = OFF');
  try {
    await beginImmediate(dataSource);
    try {
      const result = await work();
      const [broken] = await runner.query('PRAGMA foreign_key_check');
      if (broken)
        throw new Error(`The migration leaves rows of ${broken.table} without their ${broken.parent}`);
      handle.exec('COMMIT');
      return result;
    } finally {
      if (handle.inTransaction) handle.exec('ROLLBACK');
    }
  } finally {
    handle.pragma('foreign_keys = ON');
  }
}

async function beginImmediate({ handle, dialect }: AppDataSource): Promise<void> {
  for (const deadline = Date.now() + LOCK_SECONDS * 1000; ; await sleep(50)) {
    try {
      handle.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (dialect.readError(error)?.kind !== 'retry' || Date.now() > deadline) throw error;
    }
  }
}
