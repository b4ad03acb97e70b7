import type { PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { AppDataSource } from './app-data-source.js';
import type { DatabaseConfig } from './database-config.js';
import { DatabaseError } from './database-error.js';
import type { Dialect } from './dialect/dialect.js';
import { acquire, watch } from './mysql-pool.js';
import type { RunResult, Session, SqlValue, Store } from './store.js';

type Result = RowDataPacket[] | ResultSetHeader;
type Limits = Pick<DatabaseConfig, 'statementTimeoutMs'>;

/** MySQL or MariaDB: a pool, and prepared statements for `rows` and `run`. */
export class MysqlStore implements Store {
  readonly manager: EntityManager;
  readonly dialect: Dialect;

  constructor(
    private readonly dataSource: AppDataSource,
    private readonly limits: Limits,
  ) {
    this.manager = dataSource.manager;
    this.dialect = dataSource.dialect;
  }

  rows<T>(sql: string, params: readonly SqlValue[]): Promise<T[]> {
    return this.onPool(sql, params) as Promise<T[]>;
  }

  async run(sql: string, params: readonly SqlValue[]): Promise<RunResult> {
    return toRunResult(await this.onPool(sql, params));
  }

  async begin(): Promise<Session> {
    const session = new MysqlSession(await acquire(this.dataSource.pool), this.dataSource, this.limits);
    await session.begin();
    return session;
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async onPool(sql: string, params: readonly SqlValue[]): Promise<Result> {
    const connection = await acquire(this.dataSource.pool);
    try {
      const result = await execute(connection, this.limits, sql, params);
      connection.release();
      return result;
    } catch (error) {
      const failure = this.dialect.toError(error);
      giveBack(connection, failure);
      throw failure;
    }
  }
}

class MysqlSession implements Session {
  failure: DatabaseError | undefined;
  private runner: QueryRunner | undefined;

  constructor(
    private readonly connection: PoolConnection,
    private readonly dataSource: AppDataSource,
    private readonly limits: Limits,
  ) {}

  get manager(): EntityManager {
    this.runner ??= this.joinedRunner();
    return this.runner.manager;
  }

  rows<T>(sql: string, params: readonly SqlValue[]): Promise<T[]> {
    return this.tracked(() => execute(this.connection, this.limits, sql, params)) as Promise<T[]>;
  }

  async run(sql: string, params: readonly SqlValue[]): Promise<RunResult> {
    return toRunResult(await this.tracked(() => execute(this.connection, this.limits, sql, params)));
  }

  async begin(): Promise<void> {
    try {
      await this.tracked(() => send(this.connection, this.limits, 'START TRANSACTION'));
    } catch (error) {
      giveBack(this.connection, error);
      throw error;
    }
  }

  async commit(): Promise<void> {
    try {
      await this.tracked(() => send(this.connection, this.limits, 'COMMIT'));
      this.connection.release();
    } catch (error) {
      this.connection.destroy();
      throw error;
    }
  }

  async rollback(): Promise<void> {
    try {
      if (this.failure?.connectionLost) throw this.failure;
      await send(this.connection, this.limits, 'ROLLBACK');
      this.connection.release();
    } catch {
      this.connection.destroy(); // the server rolls back what a vanished client left open
    }
  }

  private async tracked<T>(statement: () => Promise<T>): Promise<T> {
    if (this.failure) throw this.failure;
    try {
      return await statement();
    } catch (thrown) {
      const error = this.dataSource.dialect.toError(thrown);
      if (error instanceof DatabaseError && (error.kind === 'retry' || error.kind === 'unavailable')) {
        this.failure = error;
      }
      throw error;
    }
  }

  /** A TypeORM runner that takes part in this transaction: told that it has begun, it does not begin its own. */
  private joinedRunner(): QueryRunner {
    const runner = this.dataSource.createQueryRunner();
    const query = runner.query.bind(runner);
    return Object.assign(runner, {
      databaseConnection: this.connection,
      isTransactionActive: true,
      transactionDepth: 1,
      query: (...statement: Parameters<QueryRunner['query']>) => this.tracked(() => query(...statement)),
    });
  }
}

function execute(
  connection: PoolConnection,
  limits: Limits,
  sql: string,
  params: readonly SqlValue[],
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const deadline = watch(connection, limits.statementTimeoutMs);
    connection.execute<Result>(sql, params as SqlValue[], (error, result) => {
      deadline.met();
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function send(connection: PoolConnection, limits: Limits, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = watch(connection, limits.statementTimeoutMs);
    connection.query(sql, (error) => {
      deadline.met();
      if (error) reject(error);
      else resolve();
    });
  });
}

function giveBack(connection: PoolConnection, error: unknown): void {
  if (error instanceof DatabaseError && error.connectionLost) connection.destroy();
  else connection.release();
}

function toRunResult(result: Result): RunResult {
  const { affectedRows, insertId } = result as ResultSetHeader;
  return { affected: affectedRows, insertId };
}
