import type Sqlite from 'better-sqlite3';
import type { Pool } from 'mysql2';
import { DataSource, type DataSourceOptions, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { Deadline } from './deadline.js';
import type { Dialect } from './dialect/dialect.js';
import { MysqlDialect } from './dialect/mysql.dialect.js';
import { SqliteDialect } from './dialect/sqlite.dialect.js';
import { watch } from './mysql-pool.js';

/**
 * TypeORM's DataSource, except that no error of a statement leaves it with the SQL and the values in it, and that
 * two column types are ours.
 */
export class AppDataSource extends DataSource {
  /** SQLite's second connection, which only reads. */
  reader?: AppDataSource;

  private readonly guarded = new WeakSet<QueryRunner>();
  private knownDialect?: Dialect;

  constructor(options: DataSourceOptions) {
    super(options);
    // So that entities need not know the database: an id is 64 bits on both, and 64 kB of text is too little.
    const types: Record<string, string> =
      options.type === 'better-sqlite3' ? { bigint: 'integer' } : { text: 'mediumtext' };
    const normalizeType = this.driver.normalizeType.bind(this.driver);
    this.driver.normalizeType = (column) => {
      const type = normalizeType(column);
      return types[type] ?? type;
    };
  }

  /** The reader goes first: only a writer that is the last to leave can empty the write-ahead log. */
  override async destroy(): Promise<void> {
    if (this.reader?.isInitialized) await this.reader.destroy();
    await super.destroy();
  }

  /** The mysql2 pool; only after `initialize`. */
  get pool(): Pool {
    return (this.driver as unknown as { pool: Pool }).pool;
  }

  /** The better-sqlite3 database; only after `initialize`. */
  get handle(): Sqlite.Database {
    return (this.driver as unknown as { databaseConnection: Sqlite.Database }).databaseConnection;
  }

  get dialect(): Dialect {
    this.knownDialect ??=
      this.options.type === 'better-sqlite3' ? new SqliteDialect(this.handle) : new MysqlDialect();
    return this.knownDialect;
  }

  /** A runner without time limits, whose errors say everything. */
  createMigrationRunner(): QueryRunner {
    return super.createQueryRunner();
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const runner = super.createQueryRunner(mode);
    if (this.guarded.has(runner)) return runner; // SQLite has one for all
    this.guarded.add(runner);
    const query = runner.query.bind(runner);
    const { maxQueryExecutionTime: limit } = this.options;
    runner.query = async (...statement: Parameters<QueryRunner['query']>) => {
      let deadline: Deadline | undefined;
      try {
        deadline = limit ? watch(await runner.connect(), limit) : undefined;
        return await query(...statement);
      } catch (error) {
        throw this.dialect.toError(error);
      } finally {
        deadline?.met();
      }
    };
    return runner;
  }
}
