import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConcurrentWriteError, type Database } from '../../src/common/database/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_THING, Note, openFixture, Thing } from './fixture.js';

describe('a transaction', () => {
  let db: TestDatabase;
  let database: Database;
  const names = async () =>
    (await database.rows<{ name: string }>('SELECT name FROM things ORDER BY name')).map(({ name }) => name);
  const insert = (name: string) => database.run(INSERT_THING, [name]);

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

  it('returns what its function returns and keeps what it wrote', async () => {
    expect(database.inTransaction).toBe(false);
    const id = await database.transaction(async () => {
      expect(database.inTransaction).toBe(true);
      return (await insert('kept')).insertId;
    });
    expect(await database.row('SELECT id, name FROM things')).toEqual({ id, name: 'kept' });
  });

  it('covers repositories, raw statements and nested calls alike', async () => {
    const work = database.transaction(async () => {
      const thing = await database.repo(Thing).save({ name: 'by repository', createdAt: new Date() });
      await database.transaction(() => insert('nested'));
      await database.repo(Note).save({ thingId: thing.id, text: 'note' });
      expect(await database.row('SELECT COUNT(*) AS n FROM things')).toEqual({ n: 2 });
      throw new Error('undo all');
    });
    await expect(work).rejects.toThrow('undo all');
    expect(await names()).toEqual([]);
  });

  it('goes on when a nested call fails and the caller takes care of it', async () => {
    await database.transaction(async () => {
      await insert('before');
      await database.transaction(() => insert('before')).catch(() => undefined);
      await insert('after');
    });
    expect(await names()).toEqual(['after', 'before']);
  });

  it('is invisible to others until it is committed', async () => {
    let proceed = () => {};
    const watched = new Promise<void>((resolve) => (proceed = resolve));
    const writing = database.transaction(async () => {
      await insert('secret');
      await watched;
    });
    await sleep(20);
    const seen = await names();
    proceed();
    await writing;
    expect(seen).toEqual([]);
    expect(await names()).toEqual(['secret']);
  });

  it('is done again from the start after a concurrent write, four times at most', async () => {
    let tries = 0;
    const onThird = () =>
      database.transaction(async () => {
        tries += 1;
        await insert(`try ${tries}`);
        if (tries < 3) throw new ConcurrentWriteError();
        return tries;
      });
    expect(await onThird()).toBe(3);
    expect(await names()).toEqual(['try 3']);

    const never = vi.fn(async () => {
      throw new ConcurrentWriteError();
    });
    await expect(database.transaction(never)).rejects.toBeInstanceOf(ConcurrentWriteError);
    expect(never).toHaveBeenCalledTimes(4);
  });

  it('is not done again after an error of its own', async () => {
    const once = vi.fn(async () => {
      throw new TypeError('a mistake');
    });
    await expect(database.transaction(once)).rejects.toThrow('a mistake');
    expect(once).toHaveBeenCalledTimes(1);
  });

  it('leaves the retry to the outermost call', async () => {
    let inner = 0;
    let outer = 0;
    await database.transaction(async () => {
      outer += 1;
      await database.transaction(async () => {
        inner += 1;
        if (inner === 1) throw new ConcurrentWriteError();
      });
    });
    expect({ inner, outer }).toEqual({ inner: 2, outer: 2 });
  });

  it('refuses statements that come when it is over', async () => {
    let late: Promise<unknown> | undefined;
    await database.transaction(async () => {
      late = sleep(20).then(() => insert('late'));
      late.catch(() => undefined);
    });
    await expect(late).rejects.toThrow('The transaction is over');
    expect(await names()).toEqual([]);
  });

  describe('afterCommit', () => {
    it('runs in order when the rows are there, outside of the transaction, before transaction() returns', async () => {
      const log: unknown[] = [];
      await database.transaction(async () => {
        await insert('row');
        database.afterCommit(async () => {
          await sleep(5);
          log.push('first', await names(), database.inTransaction);
        });
        database.afterCommit(() => database.transaction(async () => void log.push('second')));
        await database.transaction(async () => database.afterCommit(() => void log.push('third')));
        log.push('body');
      });
      expect(log).toEqual(['body', 'first', ['row'], false, 'second', 'third']);
    });

    it('is dropped with a rollback and runs once after a retry', async () => {
      const hook = vi.fn();
      const failing = database.transaction(async () => {
        database.afterCommit(hook);
        throw new Error('undo');
      });
      await expect(failing).rejects.toThrow('undo');
      expect(hook).not.toHaveBeenCalled();

      let tries = 0;
      await database.transaction(async () => {
        tries += 1;
        database.afterCommit(hook);
        if (tries === 1) throw new ConcurrentWriteError();
      });
      expect(hook).toHaveBeenCalledTimes(1);
    });

    it('runs at once outside of a transaction, and harms nobody when it fails', async () => {
      const hook = vi.fn();
      database.afterCommit(hook);
      expect(hook).toHaveBeenCalledTimes(1);
      const log = vi.spyOn(database['logger'], 'error').mockImplementation(() => undefined);
      database.afterCommit(() => Promise.reject(new Error('cache is gone')));
      await database.transaction(async () =>
        database.afterCommit(() => {
          throw new Error('also this');
        }),
      );
      await sleep(1);
      expect(log.mock.calls.join()).toMatch(/cache is gone[^]*also this/);
    });
  });
});
