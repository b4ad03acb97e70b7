import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { DatabaseModule } from '../../src/common/database/database.module.js';
import { createDataSource } from '../../src/common/database/data-source.js';
import { migrate } from '../../src/common/database/migrator.js';
import { createTestDatabase, databaseKind, type TestDatabase } from '../support/database.js';
import { entities, INSERT_THING, migrations, Thing } from './fixture.js';

describe('DatabaseModule', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.remove());
  const start = (config = db.config, options = {}) =>
    Test.createTestingModule({
      imports: [DatabaseModule.forRoot(config, entities, migrations, options)],
    }).compile();

  it('leaves the schema alone when told to', async () => {
    const app = await start(db.config, { migrateFirst: false });
    await expect(app.get(Database).run(INSERT_THING, ['x'])).rejects.toThrow('things');
    await app.close();
  });

  it('brings the schema up to date, serves, and closes everything on shutdown', async () => {
    const app = await start();
    app.enableShutdownHooks();
    await app.init();
    const database = app.get(Database);
    await database.run(INSERT_THING, ['here']);
    expect(await database.repo(Thing).count()).toBe(1);
    expect(app.get(DataSource).isInitialized).toBe(true);
    await app.close();
    expect(app.get(DataSource).isInitialized).toBe(false);
    await expect(database.ping()).rejects.toThrow();
    await expect(database.run(INSERT_THING, ['late'])).rejects.toThrow();
  });

  // On the other database there is no such thing: not a test that is skipped.
  if (databaseKind === 'mysql')
    it('says at once that the server refuses it', async () => {
      const url = new URL(db.config.url!);
      url.password = 'wrong';
      const started = Date.now();
      await expect(start({ ...db.config, url: url.href })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'ER_ACCESS_DENIED_ERROR',
      });
      expect(Date.now() - started).toBeLessThan(1_500);
    });
});

it('processes that start together migrate once', async () => {
  const db = await createTestDatabase();
  const instances = await Promise.all(
    Array.from({ length: 4 }, () => createDataSource(db.config, entities, migrations)),
  );
  const done = await Promise.all(instances.map(migrate));
  expect(done.flat()).toEqual(migrations.map(({ name }) => name));
  await Promise.all(instances.map((one) => one.destroy()));
  await db.remove();
});
