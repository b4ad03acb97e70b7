import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppDataSource } from '../../src/common/database/app-data-source.js';
import type { Database } from '../../src/common/database/database.js';
import { createTestDatabase, databaseKind, type TestDatabase } from '../support/database.js';
import { openFixture, Thing } from './fixture.js';

describe('every connection', () => {
  let db: TestDatabase;
  let database: Database;
  let dataSource: AppDataSource;
  beforeAll(async () => {
    db = await createTestDatabase();
    ({ database, dataSource } = await openFixture(db.config));
  });
  afterAll(async () => {
    await database.close();
    await db.remove();
  });

  // On the other database there is no such thing: not a test that is skipped.
  if (databaseKind === 'sqlite')
    it('of SQLite has our pragmas, and the reader only reads', async () => {
      const pragma = async (name: string) =>
        Object.values((await database.row<object>(`PRAGMA ${name}`))!)[0];
      const read = async () => ({
        journal_mode: await pragma('journal_mode'),
        foreign_keys: await pragma('foreign_keys'),
        timeout: await pragma('busy_timeout'),
      });
      expect(await read()).toEqual({ journal_mode: 'wal', foreign_keys: 1, timeout: 1_000 });
      await database.transaction(async () => {
        expect(await read()).toEqual({ journal_mode: 'wal', foreign_keys: 1, timeout: 20 });
        expect(await pragma('synchronous')).toBe(2); // FULL
      });
      expect(dataSource.handle.readonly).toBe(false);
      await expect(database.rows('DELETE FROM things RETURNING id')).rejects.toMatchObject({
        code: 'SQLITE_READONLY',
      });
    });

  // On the other database there is no such thing: not a test that is skipped.
  if (databaseKind === 'mysql')
    it('of MySQL has our settings, whatever the server’s are', async () => {
      const wanted = {
        zone: '+00:00',
        lock_wait: 5,
        collation: 'utf8mb4_bin',
        mode: expect.stringContaining('STRICT_ALL_TABLES'),
      };
      const sql = `SELECT @@time_zone AS zone, @@innodb_lock_wait_timeout AS lock_wait,
        @@collation_connection AS collation, @@sql_mode AS mode`;
      const connections = Array.from({ length: db.config.poolSize }, () => [
        database.transaction(() => database.row(sql)),
        database.row(sql),
        database
          .repo(Thing)
          .query(sql)
          .then(([row]: unknown[]) => row),
      ]);
      for (const settings of await Promise.all(connections.flat())) expect(settings).toEqual(wanted);
      expect(
        await database.rows(
          `SHOW VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`,
        ),
      ).toEqual([{ Variable_name: expect.any(String), Value: 'READ-COMMITTED' }]);
      expect(await database.row(`SELECT 'a' || 'b' AS text`)).toEqual({ text: 'ab' });
    });

  it('has foreign keys that hold, and cascade', async () => {
    const { insertId } = await database.run(
      `INSERT INTO things (name, created_at) VALUES ('t', '2026-01-01 00:00:00')`,
    );
    await database.run('INSERT INTO notes (thing_id, text) VALUES (?, ?)', [insertId, 'x']);
    await database.run('DELETE FROM things WHERE id = ?', [insertId]);
    expect(await database.rows('SELECT id FROM notes')).toEqual([]);
  });
});
