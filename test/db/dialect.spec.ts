import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_THING, openFixture } from './fixture.js';

describe('the dialect', () => {
  let db: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    db = await createTestDatabase();
    ({ database } = await openFixture(db.config));
  });
  afterAll(async () => {
    await database.close();
    await db.remove();
  });
  beforeEach(async () => {
    await database.run('DELETE FROM things');
  });

  it('inserts, or adds to what is there', async () => {
    const sql = database.dialect.upsert({
      table: 'things',
      columns: ['name', 'total', 'created_at'],
      key: ['name'],
      update: { total: (inserted) => `total + ${inserted('total')}`, state: `'again'` },
    });
    for (const total of [3, 4]) await database.run(sql, ['one', total, new Date()]);
    await database.run(sql, ['two', 1, new Date()]);
    expect(await database.rows('SELECT name, total, state FROM things ORDER BY name')).toEqual([
      { name: 'one', total: 7, state: 'again' },
      { name: 'two', total: 1, state: 'new' },
    ]);
  });

  it('inserts, or leaves what is there alone', async () => {
    const sql = database.dialect.upsert({
      table: 'things',
      columns: ['name', 'total', 'created_at'],
      key: ['name'],
      update: {},
    });
    for (const total of [3, 4]) await database.run(sql, ['one', total, new Date()]);
    expect(await database.rows('SELECT total FROM things')).toEqual([{ total: 3 }]);
  });

  it('finds text that holds wildcards, and only that', async () => {
    for (const name of ['100%', '100 percent', 'a_b', 'axb', 'wow!', 'wow'])
      await database.run(INSERT_THING, [name]);
    const { like, escapeLike } = database.dialect;
    const containing = async (text: string) =>
      (
        await database.rows<{ name: string }>(`SELECT name FROM things WHERE ${like('name')}`, [
          `%${escapeLike(text)}%`,
        ])
      ).map(({ name }) => name);
    expect(await containing('100%')).toEqual(['100%']);
    expect(await containing('a_b')).toEqual(['a_b']);
    expect(await containing('w!')).toEqual(['wow!']);
    expect(await containing('wow')).toHaveLength(2);
  });

  it('locks rows inside a transaction with the same statement', async () => {
    await database.run(INSERT_THING, ['locked']);
    await database.transaction(async () => {
      const rows = await database.rows(
        `SELECT name FROM things WHERE name = ?${database.dialect.forUpdate}`,
        ['locked'],
      );
      expect(rows).toEqual([{ name: 'locked' }]);
    });
  });

  it('quotes names', async () => {
    const name = database.dialect.quote('order `by` "x"');
    expect(await database.row(`SELECT 1 AS ${name}`)).toEqual({ 'order `by` "x"': 1 });
  });
});
