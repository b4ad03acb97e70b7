import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, DatabaseError } from '../../src/common/database/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_THING, openFixture, Thing } from './fixture.js';

const ROUNDS = 200;

describe('many callers at once', () => {
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

  it('lose no acknowledged row, keep no rolled-back row and see no uncommitted one', async () => {
    const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
    const pause = () => sleep(Math.random() * 3);
    const acknowledged = new Set<string>();
    const failures: unknown[] = [];
    const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error));

    const transact = async (round: number) => {
      const rolledBack = round % 2 === 1;
      const names = ['first', 'second'].map((part) => `${rolledBack ? 'undone' : 'pair'}-${round}-${part}`);
      const outcome = await database
        .transaction(async () => {
          await database.run(INSERT_THING, [names[0]!]);
          await pause();
          await database.repo(Thing).insert({ name: names[1], createdAt: new Date() });
          expect(await database.repo(Thing).countBy({ name: names[0] })).toBe(1);
          await pause();
          if (rolledBack) throw new Error('on purpose');
        })
        .catch((error: Error) => error.message);
      expect(outcome).toBe(rolledBack ? 'on purpose' : undefined);
      if (!rolledBack) names.forEach((name) => acknowledged.add(name));
    };
    const write = async (round: number) => {
      await pause();
      const { affected } = await database.run(INSERT_THING, [`single-${round}`]);
      expect(affected).toBe(1);
      acknowledged.add(`single-${round}`);
    };
    const read = async () => {
      await pause();
      const known = [...acknowledged];
      const seen = (await database.rows<{ name: string }>('SELECT name FROM things')).map(({ name }) => name);
      expect(seen.filter((name) => name.startsWith('undone'))).toEqual([]);
      const halves = seen.filter((name) => name.startsWith('pair')).map((name) => name.split('-')[1]);
      expect(halves.length).toBe(2 * new Set(halves).size);
      expect(known.filter((name) => !seen.includes(name))).toEqual([]);
    };

    await Promise.all(
      rounds.flatMap((round) => [attempt(transact(round)), attempt(write(round)), attempt(read())]),
    );

    expect(failures).toEqual([]);
    expect(acknowledged.size).toBe(ROUNDS * 2);
    const kept = await database.repo(Thing).find();
    expect(new Set(kept.map(({ name }) => name))).toEqual(acknowledged);
  });

  it('count exactly with conditional updates, and stop at the limit', async () => {
    await database.run(INSERT_THING, ['counter']);
    const join = async () => {
      const { affected } = await database.run(
        'UPDATE things SET total = total + 1 WHERE name = ? AND total < ?',
        ['counter', 10],
      );
      return affected;
    };
    const joined = await Promise.all(Array.from({ length: 50 }, join));
    expect(joined.reduce((sum, one) => sum + one, 0)).toBe(10);
    expect(await database.row('SELECT total FROM things WHERE name = ?', ['counter'])).toEqual({ total: 10 });
  });

  it('survive writing the same rows in opposite order', async () => {
    await Promise.all(['left', 'right'].map((name) => database.run(INSERT_THING, [name])));
    const add = (name: string) => database.run('UPDATE things SET total = total + 1 WHERE name = ?', [name]);
    const both = (names: string[]): Promise<void> =>
      database
        .transaction(async () => {
          for (const name of names) {
            await add(name);
            await sleep(Math.random() * 3);
          }
        })
        .catch((error: unknown) => {
          // Tried four times and in vain, on a busy machine: a client would be told to try again, and does.
          if (error instanceof DatabaseError && error.kind === 'retry') return both(names);
          throw error;
        });
    await Promise.all(
      Array.from({ length: 16 }, (_, round) => both(round % 2 ? ['left', 'right'] : ['right', 'left'])),
    );
    expect(await database.rows(`SELECT total FROM things WHERE name IN ('left', 'right')`)).toEqual([
      { total: 16 },
      { total: 16 },
    ]);
  });
});
