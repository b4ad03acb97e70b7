import { Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { AppDataSource } from './app-data-source.js';
import type { DatabaseConfig } from './database-config.js';
import { Database, type DatabaseError } from './database.js';
import { databaseOn, dataSourceOptions, type Entities, type Migrations } from './data-source.js';
import { migrate } from './migrator.js';

/** Provides `Database` (and TypeORM's `DataSource`) everywhere. */
@Module({})
export class DatabaseModule {
  /** @param options.migrateFirst whether to bring the schema up to date; default true */
  static forRoot(
    config: DatabaseConfig,
    entities: Entities,
    migrations: Migrations,
    { migrateFirst = true } = {},
  ): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(config, entities, migrations),
            // A server may still be starting, a file is there or is not.
            retryAttempts: config.kind === 'mysql' ? 10 : 1,
            retryDelay: 2_000,
            // What the server itself refuses, such as the password, it will refuse again.
            toRetry: ({ code = '' }: DatabaseError) => !code.startsWith('ER_'),
          }),
          dataSourceFactory: async (options) => new AppDataSource(options!),
        }),
      ],
      providers: [
        {
          provide: Database,
          inject: [getDataSourceToken()],
          useFactory: async (dataSource: AppDataSource) => {
            if (migrateFirst) await migrate(dataSource);
            return databaseOn(dataSource, config);
          },
        },
      ],
      exports: [Database],
    };
  }
}
