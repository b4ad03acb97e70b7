import { afterAll, beforeAll, expect, it } from 'vitest';
import { entities } from '../../src/app.module.js';
import { createDataSource } from '../../src/common/database/data-source.js';
import { migrate, revertLast } from '../../src/common/database/migrator.js';
import { migrations } from '../../src/common/database/migrations/index.js';
import { schemaDrift } from '../../src/common/database/schema-drift.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.remove());

it("the product's migrations go up, down and up, and then fit its entities", async () => {
  const dataSource = await createDataSource(db.config, entities, migrations);
  try {
    expect(await migrate(dataSource)).toHaveLength(migrations.length);
    expect(await schemaDrift(dataSource)).toEqual([]);
    for (const _ of migrations) await revertLast(dataSource);
    expect(await schemaDrift(dataSource)).not.toEqual([]);
    expect(await migrate(dataSource)).toHaveLength(migrations.length);
    expect(await schemaDrift(dataSource)).toEqual([]);
  } finally {
    await dataSource.destroy();
  }
});
