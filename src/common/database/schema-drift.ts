import type { DataSourceOptions } from 'typeorm';
import { RdbmsSchemaBuilder } from 'typeorm/schema-builder/RdbmsSchemaBuilder.js';
import { AppDataSource } from './app-data-source.js';
import { isMariaDb } from './schema.js';

/** The statements that would make the migrated schema fit the entities; empty when it does. */
export async function schemaDrift(dataSource: AppDataSource): Promise<string[]> {
  if (!(await onMariaDb(dataSource))) return differences(dataSource);
  // MariaDB reports defaults in its own way, which TypeORM understands only when told whom it talks to.
  const mariaDb = new AppDataSource({ ...dataSource.options, type: 'mariadb' } as DataSourceOptions);
  await mariaDb.initialize();
  try {
    return await differences(mariaDb);
  } finally {
    await mariaDb.destroy();
  }
}

async function onMariaDb(dataSource: AppDataSource): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    return await isMariaDb(runner);
  } finally {
    await runner.release();
  }
}

async function differences(dataSource: AppDataSource): Promise<string[]> {
  const { upQueries } = await new SchemaBuilder(dataSource).log();
  return upQueries.map(({ query }) => query);
}

/** Foreign keys are declared in migrations only: entities know other modules by id. */
class SchemaBuilder extends RdbmsSchemaBuilder {
  protected override async dropOldForeignKeys(): Promise<void> {}
}
