import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { AppDataSource } from './app-data-source.js';
import type { DatabaseConfig } from './database-config.js';
import { DatabaseError } from './database-error.js';
import type { Dialect } from './dialect/dialect.js';
import { SqliteStatements } from './sqlite-statements.js';
import type { RunResult, Session, SqlValue, Store } from './store.js';
import { Turnstile } from './turnstile.js';

type Limits = Pick<DatabaseConfig, 'queueLimit' | 'acquireTimeoutMs'>;

/** Between two tries for the write lock that another process (a command, say) holds. */
const BUSY_PAUSE_MS = 20;

/**
 * SQLite: one connection writes, one at a time; another one, read-only, serves all reads outside of
 * transactions, so that they wait for nobody and see committed rows only.
 */
export class SqliteStore implements Store {
  readonly manager: EntityManager;
  readonly dialect: Dialect;
  private readonly turnstile: Turnstile;
  private readonly reads: SqliteStatements;
  private readonly writes: SqliteStatements;
  private readonly runner: QueryRunner;
  private session: SqliteSession | undefined;

  constructor(
    private readonly writer: AppDataSource,
    reader: AppDataSource,
    private readonly limits: Limits,
  ) {
    this.dialect = writer.dialect;
    this.manager = reader.manager;
    this.turnstile = new Turnstile(limits);
    this.reads = new SqliteStatements(reader.handle, reader.dialect);
    this.writes = new SqliteStatements(writer.handle, writer.dialect);
    this.runner = this.watchedRunner();
  }

  async rows<T>(sql: string, params: readonly SqlValue[]): Promise<T[]> {
    return this.reads.rows<T>(sql, params);
  }

  async run(sql: string, params: readonly SqlValue[]): Promise<RunResult> {
    await this.turnstile.enter();
    try {
      return await this.whenWritable(() => this.writes.run(sql, params));
    } finally {
      this.turnstile.leave();
    }
  }

  async begin(): Promise<Session> {
    await this.turnstile.enter();
    try {
      await this.whenWritable(() => this.writes.run('BEGIN IMMEDIATE', []));
    } catch (error) {
      this.turnstile.leave();
      throw error;
    }
    this.setTransactionActive(true);
    this.session = new SqliteSession(this.writes, this.runner.manager, () => {
      this.session = undefined;
      this.setTransactionActive(false);
      this.turnstile.leave();
    });
    return this.session;
  }

  async close(): Promise<void> {
    if (this.writer.isInitialized) await this.writer.destroy();
  }

  /** Another process may hold the write lock: waits for it as long as for the turnstile. */
  private async whenWritable<T>(statement: () => T): Promise<T> {
    const deadline = Date.now() + this.limits.acquireTimeoutMs;
    for (;;) {
      try {
        return statement();
      } catch (error) {
        if (!(error instanceof DatabaseError) || error.kind !== 'retry') throw error;
        if (Date.now() >= deadline) throw new DatabaseError({ kind: 'unavailable', code: error.code });
        await sleep(BUSY_PAUSE_MS);
      }
    }
  }

  /** TypeORM's only runner on the writer; what fails there concerns the running session. */
  private watchedRunner(): QueryRunner {
    const runner = this.writer.createQueryRunner();
    const query = runner.query.bind(runner);
    runner.query = async (...statement: Parameters<QueryRunner['query']>) => {
      const { session } = this;
      return session ? session.tracked(() => query(...statement)) : query(...statement);
    };
    return runner;
  }

  /** Told that a transaction has begun, TypeORM does not begin its own. */
  private setTransactionActive(active: boolean): void {
    Object.assign(this.runner, { isTransactionActive: active, transactionDepth: active ? 1 : 0 });
  }
}

class SqliteSession implements Session {
  failure: DatabaseError | undefined;

  constructor(
    private readonly statements: SqliteStatements,
    readonly manager: EntityManager,
    private readonly end: () => void,
  ) {}

  rows<T>(sql: string, params: readonly SqlValue[]): Promise<T[]> {
    return this.tracked(() => this.statements.rows<T>(sql, params));
  }

  run(sql: string, params: readonly SqlValue[]): Promise<RunResult> {
    return this.tracked(() => this.statements.run(sql, params));
  }

  async commit(): Promise<void> {
    try {
      this.statements.run('COMMIT', []);
    } catch (error) {
      this.rollbackIfOpen();
      throw error;
    } finally {
      this.end();
    }
  }

  async rollback(): Promise<void> {
    this.rollbackIfOpen();
    this.end();
  }

  async tracked<T>(statement: () => T | Promise<T>): Promise<T> {
    if (this.failure) throw this.failure;
    try {
      return await statement();
    } catch (error) {
      // SQLite rolls back by itself when the disk is full, for example.
      if (error instanceof DatabaseError && !this.statements.inTransaction) this.failure = error;
      throw error;
    }
  }

  private rollbackIfOpen(): void {
    if (this.statements.inTransaction) this.statements.run('ROLLBACK', []);
  }
}
