import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { loadSqlite } from '../../src/common/database/sqlite-driver.js';
import { createTestDatabase, databaseKind, type TestDatabase } from '../support/database.js';
import { INSERT_THING, openFixture, Thing } from './fixture.js';

const LIMITS = { poolSize: 2, queueLimit: 3, acquireTimeoutMs: 300 };
/** SQLite has one place for those who write. */
const PLACES = databaseKind === 'mysql' ? LIMITS.poolSize : 1;

describe('a database that is busy', () => {
  let db: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    db = await createTestDatabase();
    await (await openFixture(db.config)).database.close();
    ({ database } = await openFixture({ ...db.config, ...LIMITS }));
  });
  afterAll(async () => {
    await database.close();
    await db.remove();
  });

  /** Takes all places until the returned function is called. */
  async function occupy(): Promise<() => Promise<unknown>> {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const inside: Promise<void>[] = [];
    const held = Array.from({ length: PLACES }, () => {
      let entered = () => {};
      inside.push(new Promise<void>((resolve) => (entered = resolve)));
      return database.transaction(async () => {
        entered();
        await released;
      });
    });
    await Promise.all(inside);
    return () => {
      release();
      return Promise.all(held);
    };
  }
  const insert = (name: string) => database.run(INSERT_THING, [name]);
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { kind: string; code: string }) => `${error.kind} ${error.code}`,
    );

  it('answers within the deadline that it is unavailable, and works again afterwards', async () => {
    const release = await occupy();
    const start = Date.now();
    const waiting = [
      outcome(insert('run')),
      outcome(database.transaction(() => insert('transaction'))),
      databaseKind === 'mysql' ? outcome(database.repo(Thing).find()) : outcome(insert('another')),
    ];
    // At once: before the first of those who wait.
    expect(await Promise.race([outcome(insert('one too many')), ...waiting])).toBe('unavailable QUEUE_FULL');
    expect(await Promise.all(waiting)).toEqual(Array(3).fill('unavailable ACQUIRE_TIMEOUT'));
    expect(Date.now() - start).toBeGreaterThanOrEqual(290);
    expect(Date.now() - start).toBeLessThan(1_500);
    await release();
    expect(await database.rows('SELECT name FROM things')).toEqual([]);
    await insert('afterwards');
    expect(await database.repo(Thing).count()).toBe(1);
  });

  it('lets those in who waited less than the deadline, in their order', async () => {
    await database.run('DELETE FROM things');
    const release = await occupy();
    const waiting = ['a', 'b', 'c'].map(insert);
    await release();
    await Promise.all(waiting);
    expect(await database.rows('SELECT name FROM things ORDER BY name')).toHaveLength(3);
  });

  it('does not mistake nested calls for a crowd', async () => {
    const nested = async (depth: number): Promise<number> =>
      depth === 0 ? 0 : database.transaction(() => nested(depth - 1));
    const crowd = Array.from({ length: PLACES + LIMITS.queueLimit }, () =>
      database.transaction(async () => {
        await nested(20);
        await database.repo(Thing).count();
        await database.rows('SELECT 1');
      }),
    );
    await Promise.all(crowd);
  });

  // On the other database there is no such thing: not a test that is skipped.
  if (databaseKind === 'sqlite')
    describe('because another process writes to the file', () => {
      it('waits for it without blocking this process, up to the deadline', async () => {
        const other = new (loadSqlite())(db.config.file);
        let ticks = 0;
        const ticker = setInterval(() => (ticks += 1), 10);
        other.exec('BEGIN IMMEDIATE');
        expect(await outcome(insert('refused'))).toBe('unavailable SQLITE_BUSY');
        expect(ticks).toBeGreaterThan(2);
        const waiting = outcome(database.transaction(() => insert('patient')));
        setTimeout(() => other.exec('COMMIT'), 50);
        expect(await waiting).toBe('done');
        clearInterval(ticker);
        other.close();
      });
    });
});
