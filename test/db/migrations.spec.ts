import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../../src/common/database/data-source.js';
import { migrate, revertLast, status } from '../../src/common/database/migrator.js';
import { schemaDrift } from '../../src/common/database/schema-drift.js';
import { createTestDatabase, databaseKind, type TestDatabase } from '../support/database.js';
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
    expect(await revertLast(dataSource)).toBe(names[1]);
    expect(await status(dataSource)).toEqual([
      { name: names[0], done: true },
      { name: names[1], done: false },
    ]);
    expect(await schemaDrift(dataSource)).not.toEqual([]);
    expect(await revertLast(dataSource)).toBe(names[0]);
    expect(await revertLast(dataSource)).toBeUndefined();
    expect(await migrate(dataSource)).toEqual(names);
    expect(await schemaDrift(dataSource)).toEqual([]);
    await dataSource.destroy();
  });

  it('say what the database does not like about them', async () => {
    class Wrong1700000000003 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('CREATE TABLE before_the_mistake (id int)');
        await runner.query('ALTER TABLE nowhere ADD COLUMN x int');
      }
      async down(): Promise<void> {}
    }
    const dataSource = await createDataSource(db.config, entities, [...migrations, Wrong1700000000003]);
    await expect(migrate(dataSource)).rejects.toThrow('nowhere');
    expect((await status(dataSource)).at(-1)).toEqual({ name: 'Wrong1700000000003', done: false });
    if (databaseKind === 'sqlite') {
      await expect(dataSource.query('SELECT * FROM before_the_mistake')).rejects.toThrow('no such table');
    }
    await dataSource.destroy();
  });
});
