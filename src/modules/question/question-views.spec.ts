import { expect, it } from 'vitest';
import { MemoryCache } from '../../common/cache/memory-cache.js';
import type { Database } from '../../common/database/database.js';
import { FixedClock } from '../../common/time/clock.js';
import type { QuestionRepository } from './question.repository.js';
import { QuestionViews } from './question-views.js';

/** A buffer on a database that can be down, and what has been written to that. */
function buffer() {
  const written: [id: number, views: number][] = [];
  const database = { down: false };
  const db = {
    transaction: async (fn: () => Promise<void>) => {
      if (database.down) throw new Error('down');
      await fn();
    },
  } as unknown as Database;
  const addViews = async (id: number, views: number) => void written.push([id, views]);
  const cache = new MemoryCache(new FixedClock('2026-03-02T04:00:00.000Z'));
  return { views: new QuestionViews(db, cache, { addViews } as QuestionRepository), written, database };
}

it('writes one statement for all the views of a question', async () => {
  const { views, written } = buffer();
  for (let user = 1; user <= 100; user++) views.note(7, user);
  views.note(3, 1);
  await Promise.resolve();
  await views.flush();
  expect(written).toEqual([
    [3, 1],
    [7, 100],
  ]);
});

it('keeps what could not be written, and adds what comes meanwhile', async () => {
  const { views, written, database } = buffer();
  for (let id = 1; id <= 120; id++) views.note(id, 1);
  await Promise.resolve();
  database.down = true;
  await views.flush();
  expect(written).toEqual([]);
  views.note(1, 2);
  await Promise.resolve();
  database.down = false;
  await views.flush();
  expect(written).toHaveLength(120);
  expect(written[0]).toEqual([1, 2]);
  await views.flush();
  expect(written).toHaveLength(120);
});
