import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../../src/common/database/data-source.js';
import { migrate, revertLast, status } from '../../src/common/database/migrator.js';
import { schemaDrift } from '../../src/common/database/schema-drift.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { entities, migrations } from './fixture.js';

describe('migrations', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.remove());

  it('go up, all the way down and up again, and then fit the entities', async () => {
    const dataSource = await createDataSource(db.config, entities, migrations);
    const names = migrations.map(({ name }) => name);
    expect(await migrate(dataSource)).toEqual(names);
    expect(await schemaDrift(dataSource)).toEqual([]);
    expect(await migrate(dataSource)).toEqual([]);
    await revertLast(dataSource);
    expect(await status(dataSource)).toEqual([
      { name: names[0], done: true },
      { name: names[1], done: false },
    ]);
    expect(await schemaDrift(dataSource)).not.toEqual([]);
    await revertLast(dataSource);
    expect(await migrate(dataSource)).toEqual(names);
    expect(await schemaDrift(dataSource)).toEqual([]);
    await dataSource.destroy();
  });
});
