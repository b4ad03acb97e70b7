import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { cursorOf, rowsReadFor } from '../support/rows-read.js';
import type { TestUser } from '../support/world.js';

const ROWS = 4_000;
const MIDDLE = ROWS / 2;

let t: TestApp;
let ann: TestUser;

/** Four thousand questions, half of them in a group, and as many answers to the first one. */
beforeAll(async () => {
  t = await createTestApp();
  const db = t.app.get(Database);
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

it.each([
  ['/questions?', cursorOf('new', MIDDLE, MIDDLE)],
  ['/questions?sort=hot&', cursorOf('hot', MIDDLE, MIDDLE)],
  ['/questions?sort=unanswered&', cursorOf('unanswered', MIDDLE, MIDDLE)],
  ['/questions?categoryId=1&', cursorOf('new', MIDDLE, MIDDLE)],
  ['/questions?categoryId=1&sort=hot&', cursorOf('hot', MIDDLE, MIDDLE)],
  ['/questions?groupId=1&', cursorOf('new', MIDDLE, MIDDLE)],
  ['/questions?groupId=1&sort=hot&', cursorOf('hot', MIDDLE, MIDDLE)],
  ['/questions?mine=true&', cursorOf('new', MIDDLE, MIDDLE)],
  ['/users/1/questions?', cursorOf('new', MIDDLE, MIDDLE)],
  ['/users/1/answers?', cursorOf(MIDDLE)],
  ['/questions/1/answers?', cursorOf(0, MIDDLE, MIDDLE)],
])('GET %s reads no more rows in the middle of the list than at its beginning', async (url, middle) => {
  const first = await rowsReadFor(t, ann, `${url}limit=10`);
  expect(first).toBeLessThan(500);
  expect(await rowsReadFor(t, ann, `${url}limit=10&cursor=${middle}`)).toBeLessThan(first + 100);
});
