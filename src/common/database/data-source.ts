import type Sqlite from 'better-sqlite3';
import type { DataSourceOptions, EntitySchema, Logger, MigrationInterface } from 'typeorm';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions.js';
import { AppDataSource } from './app-data-source.js';
import type { DatabaseConfig } from './database-config.js';
import { Database } from './database.js';
import { mysqlOptions } from './mysql-pool.js';
import { MysqlStore } from './mysql.store.js';
import { SnakeCaseNaming } from './naming-strategy.js';
import { loadSqlite } from './sqlite-driver.js';
import { SqliteStore } from './sqlite.store.js';

export type Entities = (Function | EntitySchema)[];
export type Migrations = (new () => MigrationInterface)[];

/** Waiting for a lock blocks the whole process. At the start nothing else is to be done. */
const OPEN_TIMEOUT_MS = 5_000;
/** Who needs the write lock tries again without blocking. */
const WRITE_TIMEOUT_MS = 20;
/** Readers of a WAL file wait for nobody, save one who recovers or removes it. */
const READ_TIMEOUT_MS = 1_000;

/** TypeORM's default loggers write out statements and values. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** Options of the DataSource that writes (and, on MySQL, reads). */
export function dataSourceOptions(
  config: DatabaseConfig,
  entities: Entities,
  migrations: Migrations = [],
): DataSourceOptions {
  const options = config.kind === 'mysql' ? mysqlOptions(config) : sqliteOptions(config);
  return { ...options, entities, migrations, namingStrategy: new SnakeCaseNaming(), logger: silent };
}

/** Connects for writing; `databaseOn` makes a `Database` of it. */
export async function createDataSource(
  config: DatabaseConfig,
  entities: Entities,
  migrations: Migrations = [],
): Promise<AppDataSource> {
  const dataSource = new AppDataSource(dataSourceOptions(config, entities, migrations));
  await dataSource.initialize();
  return dataSource;
}

/** `Database` on a connected DataSource; adds the reader of SQLite. */
export async function databaseOn(dataSource: AppDataSource, config: DatabaseConfig): Promise<Database> {
  if (config.kind === 'mysql') return new Database(new MysqlStore(dataSource, config));
  const reader = new AppDataSource({
    ...dataSource.options,
    readonly: true,
  } as BetterSqlite3DataSourceOptions);
  await reader.initialize();
  dataSource.reader = reader;
  return new Database(new SqliteStore(dataSource, reader, config));
}

/** Everything at once, for whoever has no Nest application: command line, tests, benchmarks. */
export async function openDatabase(
  config: DatabaseConfig,
  entities: Entities,
  migrations: Migrations = [],
): Promise<{ database: Database; dataSource: AppDataSource }> {
  const dataSource = await createDataSource(config, entities, migrations);
  return { database: await databaseOn(dataSource, config), dataSource };
}

function sqliteOptions({ file }: DatabaseConfig): BetterSqlite3DataSourceOptions {
  if (!file) throw new Error('The embedded database needs a file');
  return {
    type: 'better-sqlite3',
    driver: loadSqlite(),
    database: file,
    timeout: OPEN_TIMEOUT_MS,
    prepareDatabase: (handle: Sqlite.Database) => {
      handle.pragma('foreign_keys = ON');
      if (!handle.readonly) {
        handle.pragma('journal_mode = WAL');
        handle.pragma('synchronous = FULL');
      }
      handle.pragma(`busy_timeout = ${handle.readonly ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS}`);
    },
  };
}
