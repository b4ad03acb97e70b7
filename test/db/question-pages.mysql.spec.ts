import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { TestUser } from '../support/world.js';

const ROWS = 4_000;

let t: TestApp;
let db: Database;
let ann: TestUser;

/** Four thousand questions, half of them in a group, and as many answers to the first one. */
beforeAll(async () => {
  t = await createTestApp();
  db = t.app.get(Database);
  ann = await t.world.user();
  const { id: group } = await t.world.group(ann);
  const text = "'x', 'x', 1, 'x', 'visible', '2026-01-01', '2026-01-01'";
  const columns = 'body, html, html_version, excerpt, state, created_at, updated_at';
  for (let from = 0; from < ROWS; from += 500) {
    const numbers = Array.from({ length: 500 }, (_, i) => from + i);
    const questions = numbers.map(
      (n) => `(${n % 2 ? group : 'null'}, 1, ${ann.id}, 'x', ${(n * 7) % ROWS}, 0, ${text})`,
    );
    await db.run(`insert into questions (group_id, category_id, author_id, title, hot_score, answer_count, ${columns})
      values ${questions.join(',')}`);
    const answers = numbers.map((n) => `(1, ${ann.id}, 0, ${(n * 7) % ROWS}, ${text})`);
    await db.run(`insert into answers (question_id, author_id, accepted, vote_score, ${columns})
      values ${answers.join(',')}`);
  }
  await db.rows('analyze table questions, answers');
}, 60_000);
afterAll(() => t.close());

/** How many rows the server touches for the items of a list; on one connection, as others use the server too. */
async function rowsReadFor(url: string): Promise<number> {
  const spy = vi.spyOn(db, 'rows');
  const { data } = await t.api.as(ann).get(url);
  expect(data.items).toHaveLength(10);
  const [sql, params] = spy.mock.calls.find(([one]) => one.includes('limit 11'))!;
  spy.mockRestore();
  const soFar = async () => {
    const rows = await db.rows<{ Value: string }>("show session status like 'Handler_read_%'");
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  return db.transaction(async () => {
    const before = await soFar();
    await db.rows(sql, params);
    return (await soFar()) - before;
  });
}

const MIDDLE = ROWS / 2;
const cursor = (...values: (string | number)[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

it.each([
  ['/questions?', cursor('new', MIDDLE, MIDDLE)],
  ['/questions?sort=hot&', cursor('hot', MIDDLE, MIDDLE)],
  ['/questions?sort=unanswered&', cursor('unanswered', MIDDLE, MIDDLE)],
  ['/questions?categoryId=1&', cursor('new', MIDDLE, MIDDLE)],
  ['/questions?categoryId=1&sort=hot&', cursor('hot', MIDDLE, MIDDLE)],
  ['/questions?groupId=1&', cursor('new', MIDDLE, MIDDLE)],
  ['/questions?groupId=1&sort=hot&', cursor('hot', MIDDLE, MIDDLE)],
  ['/questions?mine=true&', cursor('new', MIDDLE, MIDDLE)],
  ['/users/1/questions?', cursor('new', MIDDLE, MIDDLE)],
  ['/users/1/answers?', cursor(MIDDLE)],
  ['/questions/1/answers?', cursor(0, MIDDLE, MIDDLE)],
])('GET %s reads no more rows in the middle of the list than at its beginning', async (url, middle) => {
  const first = await rowsReadFor(`${url}limit=10`);
  expect(first).toBeLessThan(500);
  expect(await rowsReadFor(`${url}limit=10&cursor=${middle}`)).toBeLessThan(first + 100);
});
