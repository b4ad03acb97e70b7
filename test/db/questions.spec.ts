import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { Jobs } from '../../src/common/jobs/jobs.js';
import { QuestionRecountService } from '../../src/modules/question/index.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { numberOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

const MANY = 30;
const DAY_MS = 24 * 3_600_000;

let t: TestApp;
let db: Database;
let ann: TestUser;
let users: TestUser[];
let groupId: number;
let question: number;
let answer: number;

const as = (user: TestUser) => t.api.as(user);
const created = async (user: TestUser, url: string, body: object): Promise<number> =>
  expectStatus(201, await as(user).post(url, body)).data.id;
const ask = (more: object = {}) =>
  created(ann, '/questions', { title: 'x', body: 'x', categoryId: 1, ...more });
const reply = (user: TestUser, to: number) => created(user, `/questions/${to}/answers`, { body: 'x' });

/** Of everything that is listed there are thirty. */
beforeAll(async () => {
  t = await createTestApp();
  db = t.app.get(Database);
  ann = await t.world.user();
  users = await t.world.usersOf(MANY);
  groupId = (await t.world.group(ann)).id;
  for (let n = 0; n < MANY; n++) {
    const id = await ask(n % 2 ? { groupId } : {});
    if (n < 6) await reply(ann, id);
    question = id;
  }
  for (let n = 0; n < MANY; n++) {
    await ask({ groupId });
    expectStatus(200, await as(users[n]!).put(`/questions/${question}/vote`, { value: n % 3 ? 1 : -1 }));
  }
  question = await ask();
  for (const user of users) answer = await reply(user, question);
  for (const user of users) await created(user, `/answers/${answer}/replies`, { body: 'x' });
  expectStatus(200, await as(ann).put(`/answers/${answer}/vote`, { value: -1 }));
  expectStatus(200, await as(ann).put(`/questions/${question}/accepted`, { answerId: answer }));
  for (let n = 0; n < MANY; n++) await reply(users[0]!, await ask());
}, 120_000);
afterAll(() => t.close());

async function statementsOf(url: string): Promise<{ statements: number; items: unknown[] }> {
  await as(ann).get(url);
  const spies = [vi.spyOn(db, 'rows'), vi.spyOn(db, 'run'), vi.spyOn(db, 'repo')];
  const { data } = expectStatus(200, await as(ann).get(url));
  const statements = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return { statements, items: data.items };
}

it.each([
  '/questions?',
  '/questions?sort=hot&',
  '/questions?sort=unanswered&',
  '/questions?mine=true&',
  '/questions?groupId={group}&',
  '/users/{ann}/questions?',
  '/users/{user}/answers?',
  '/questions/{question}/answers?',
  '/answers/{answer}/replies?',
])('GET %s asks the database as often for 30 items as for one, at most three times', async (path) => {
  const ids: Record<string, number> = { group: groupId, ann: ann.id, user: users[0]!.id, question, answer };
  const url = path.replace(/\{(\w+)\}/, (_, name: string) => String(ids[name]));
  const one = await statementsOf(`${url}limit=1`);
  const many = await statementsOf(`${url}limit=${MANY}`);
  expect([one.items.length, many.items.length]).toEqual([1, MANY]);
  expect(many.statements).toBe(one.statements);
  expect(one.statements).toBeLessThanOrEqual(3);
});

const recount = async (fix: boolean) => {
  const found: string[] = [];
  const service = t.app.get(QuestionRecountService, { strict: false });
  return { tables: await service.recount({ fix, onDrift: (what) => found.push(what) }), found };
};

it('finds nothing wrong with what the application has written, and looks at all of it', async () => {
  const { found, tables } = await recount(false);
  expect(found).toEqual([]);
  for (const { table, checked } of tables)
    expect(checked).toBe(await numberOf(t, `select count(*) from ${table}`));
});

it.each([
  [
    'answers',
    'questions set answer_count = answer_count + 1 where id = :question',
    'answer_count 31, not 30',
  ],
  ['votes on questions', 'questions set vote_score = 9 where id = :question', 'vote_score 9, not 0'],
  ['followers', 'questions set follower_count = 0 where id = :question', 'follower_count 0, not 1'],
  ['replies', 'answers set reply_count = 0 where id = :answer', 'reply_count 0, not 30'],
  ['votes on answers', 'answers set vote_score = 1 where id = :answer', 'vote_score 1, not -1'],
  ['the accepted answer', 'answers set accepted = 0 where id = :answer', 'accepted 0, not 1'],
])('finds and repairs a wrong number of %s', async (_, sql, drift) => {
  await db.run(`update ${sql.replace(':question', String(question)).replace(':answer', String(answer))}`);
  const wrong = await recount(true);
  expect(wrong.found).toEqual([expect.stringContaining(drift)]);
  expect(wrong.tables.map((table) => table.drift - table.fixed)).toEqual([0, 0]);
  expect((await recount(false)).found).toEqual([]);
});

it('withdraws the acceptance of an answer that is not there', async () => {
  await db.run("update answers set state = 'removed' where id = ?", [answer]);
  expect((await recount(false)).found).toHaveLength(2);
  await recount(true);
  expect((await recount(false)).found).toEqual([]);
  expect(await numberOf(t, 'select accepted from answers where id = ?', answer)).toBe(0);
  expect((await as(ann).get(`/questions/${question}`)).data).toMatchObject({
    acceptedAnswerId: null,
    answerCount: MANY - 1,
  });
});

it('ends what was taken away more than thirty days ago, with all that hangs on it', async () => {
  const jobs = t.app.get(Jobs);
  const [user, voter] = (await t.world.usersOf(2)) as [TestUser, TestUser];
  const upload = await db.run(
    `insert into uploads (user_id, name, content_type, width, height, bytes, target_type, target_id, created_at)
     values (?, 'purged', 'image/webp', 1, 1, 1, 'answer', 0, ?)`,
    [user.id, t.clock.now()],
  );
  const gone = await ask();
  const goneAnswer = await reply(user, gone);
  await db.run('update uploads set target_id = ? where id = ?', [goneAnswer, upload.insertId]);
  await created(voter, `/answers/${goneAnswer}/replies`, { body: 'x' });
  const kept = await ask();
  const deleted = await reply(user, kept);
  const answered = await reply(voter, kept);
  const deletedReply = await created(user, `/answers/${answered}/replies`, { body: 'x' });
  for (const url of [`/questions/${gone}`, `/answers/${goneAnswer}`, `/answers/${deleted}`])
    expectStatus(200, await as(voter).put(`${url}/vote`, { value: 1 }));
  expectStatus(200, await as(ann).delete(`/questions/${gone}`));
  for (const url of [`/answers/${deleted}`, `/answer-replies/${deletedReply}`])
    expectStatus(200, await as(user).delete(url));
  const restored = await ask();
  expectStatus(200, await as(ann).delete(`/questions/${restored}`));

  const rows = async (table: string, column: string, ...ids: number[]) =>
    numberOf(t, `select count(*) from ${table} where ${column} in (${ids.join(',')})`);
  const left = async () => [
    await rows('questions', 'id', gone, kept, restored),
    await rows('answers', 'id', goneAnswer, deleted, answered),
    await rows('answer_replies', 'answer_id', goneAnswer, answered),
    await rows('question_follows', 'question_id', gone, kept),
    await rows('votes', 'user_id', voter.id),
  ];
  t.clock.advance(30 * DAY_MS);
  await jobs.runNow('purge-questions');
  expect(await left()).toEqual([3, 3, 2, 2, 3]);
  expectStatus(200, await as(ann).post(`/questions/${restored}/restore`));
  t.clock.advance(1);
  await jobs.runNow('purge-questions');
  expect(await left()).toEqual([2, 1, 0, 1, 0]);
  expect(
    await numberOf(t, 'select count(*) from uploads where id = ? and target_id is null', upload.insertId),
  ).toBe(1);
  expect((await recount(false)).found).toEqual([]);
  t.clock.set(START);
});

it('writes the views that wait when the process ends', async () => {
  const database = await createTestDatabase();
  const first = await createTestApp({ database });
  const [asker, reader] = (await first.world.usersOf(2)) as [TestUser, TestUser];
  const body = { title: 'x', body: 'x', categoryId: 1 };
  const { id } = expectStatus(201, await first.api.as(asker).post('/questions', body)).data;
  await first.api.as(reader).get(`/questions/${id}`);
  await first.app.close();
  const second = await createTestApp({ database });
  expect((await second.api.as(reader).get(`/questions/${id}`)).data).toMatchObject({ viewCount: 1 });
  await second.close();
});
