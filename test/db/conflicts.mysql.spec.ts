import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_THING, openFixture } from './fixture.js';

describe('a transaction that the server breaks', () => {
  let db: TestDatabase;
  let database: Database;
  let other: Database;
  const add = (name: string) => database.run('UPDATE things SET total = total + 1 WHERE name = ?', [name]);
  const totals = async () =>
    (await database.rows<{ total: number }>('SELECT total FROM things ORDER BY name')).map(
      (one) => one.total,
    );

  beforeAll(async () => {
    db = await createTestDatabase();
    ({ database } = await openFixture(db.config));
    ({ database: other } = await openFixture(db.config));
  });
  afterAll(async () => {
    await Promise.all([database.close(), other.close()]);
    await db.remove();
  });
  beforeEach(async () => {
    await database.run('DELETE FROM things');
    await database.run(INSERT_THING, ['left']);
    await database.run(INSERT_THING, ['right']);
  });

  /** Two transactions that lock `left` and `right` crosswise on their first try. */
  async function deadlock(second: (name: string) => Promise<unknown>): Promise<number> {
    let tries = 0;
    let locked = 0;
    const crosswise = (first: string, then: string) =>
      database.transaction(async () => {
        tries += 1;
        await add(first);
        locked += 1;
        while (locked < 2) await sleep(1);
        await second(then);
      });
    await Promise.all([crosswise('left', 'right'), crosswise('right', 'left')]);
    return tries;
  }

  it('is done again as a whole after a deadlock', async () => {
    expect(await deadlock(add)).toBe(3);
    expect(await totals()).toEqual([2, 2]);
  });

  it('is done again even when the function swallows the error: half of it would be lost', async () => {
    const swallowing = async (name: string) => {
      await add(name).catch(() => undefined);
      await add(name).catch(() => undefined); // would now run on its own, outside of any transaction
    };
    expect(await deadlock(swallowing)).toBe(3);
    expect(await totals()).toEqual([3, 3]);
  });

  it('is done again after a lock timeout, with all that came before the timeout', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let lock = () => {};
    const locked = new Promise<void>((resolve) => (lock = resolve));
    const holding = other.transaction(async () => {
      await other.run(`UPDATE things SET total = 10 WHERE name = 'right'`);
      lock();
      await released;
    });
    await locked;
    let tries = 0;
    const waiting = database.transaction(async () => {
      tries += 1;
      if (tries === 2) release();
      await database.run(`SET SESSION innodb_lock_wait_timeout = ${tries === 1 ? 1 : 5}`);
      await add('left');
      await add('right');
    });
    await Promise.all([holding, waiting]);
    expect(tries).toBe(2);
    expect(await totals()).toEqual([1, 11]);
  });

  it('is done again when its connection is lost before the commit', async () => {
    let tries = 0;
    await database.transaction(async () => {
      tries += 1;
      await add('left');
      if (tries === 1) {
        const row = await database.row<{ id: number }>('SELECT CONNECTION_ID() AS id');
        await other.run(`KILL CONNECTION ${row!.id}`);
      }
      await add('right');
    });
    expect(tries).toBe(2);
    expect(await totals()).toEqual([1, 1]);
  });

  it('is not done again when the connection is lost on the commit: nobody knows whether it took effect', async () => {
    let tries = 0;
    const work = database.transaction(async () => {
      tries += 1;
      await add('left');
      const row = await database.row<{ id: number }>('SELECT CONNECTION_ID() AS id');
      await other.run(`KILL CONNECTION ${row!.id}`);
    });
    await expect(work).rejects.toMatchObject({
      name: 'DatabaseError',
      kind: 'unavailable',
      connectionLost: true,
    });
    expect(tries).toBe(1);
    expect(await totals()).toEqual([0, 0]);
  });

  it('is given up when a statement takes too long, and the connection serves the next one', async () => {
    const { database: hasty } = await openFixture({ ...db.config, poolSize: 1, statementTimeoutMs: 300 });
    const start = Date.now();
    const slow = hasty.transaction(() => hasty.rows('SELECT SLEEP(10) FROM things'));
    await expect(slow).rejects.toMatchObject({ kind: 'unavailable' });
    expect(Date.now() - start).toBeLessThan(2_000);
    await hasty.ping();
    await hasty.close();
  });
});
