import { Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { AppDataSource } from './app-data-source.js';
import type { DatabaseConfig } from './database-config.js';
import { Database } from './database.js';
import { databaseOn, dataSourceOptions, type Entities, type Migrations } from './data-source.js';
import { migrate } from './migrator.js';

/** Provides `Database` (and TypeORM's `DataSource`) everywhere, on a schema that is up to date. */
@Module({})
export class DatabaseModule {
  static forRoot(config: DatabaseConfig, entities: Entities, migrations: Migrations): DynamicModule {
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
          }),
          dataSourceFactory: async (options) => new AppDataSource(options!),
        }),
      ],
      providers: [
        {
          provide: Database,
          inject: [getDataSourceToken()],
          useFactory: async (dataSource: AppDataSource) => {
            await migrate(dataSource);
            return databaseOn(dataSource, config);
          },
        },
      ],
      exports: [Database],
    };
  }
}
