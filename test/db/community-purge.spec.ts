import { afterAll, beforeAll, expect, it } from 'vitest';
import { Jobs } from '../../src/common/jobs/jobs.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Api } from '../support/client.js';
import { numberOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

const DAY_MS = 86_400_000;

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let group: number;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben] = (await t.world.usersOf(2)) as [TestUser, TestUser];
  group = (await t.world.group(ann, { members: [ben] })).id;
});
afterAll(() => t.close());

const as = (user: TestUser): Api => t.api.as(user);
const make = async (user: TestUser, url: string, body: object): Promise<number> =>
  expectStatus(201, await as(user).post(url, body)).data.id;
const post = () => make(ann, `/groups/${group}/posts`, { title: 'x', body: 'x' });
const comment = (id: number, user = ann) => make(user, `/posts/${id}/comments`, { body: 'words' });
const reply = (id: number, user = ann) => make(user, `/comments/${id}/replies`, { body: 'words' });
const remove = async (url: string, user = ann) => expectStatus(200, await as(user).delete(url));
const purge = () => t.app.get(Jobs).runNow('purge-posts');
const rows = (table: string, where: string) => numberOf(t, `select count(*) from ${table} where ${where}`);
const pass = (days: number) => t.clock.advance(days * DAY_MS);

it('keeps what was deleted for 30 days, then removes a post with all that belongs to it', async () => {
  const [gone, kept] = [await post(), await post()];
  for (const id of [gone, kept]) {
    const root = await comment(id);
    await reply(root, ben);
    for (const url of [`/posts/${id}`, `/comments/${root}`])
      expectStatus(200, await as(ben).put(`${url}/like`));
    expectStatus(200, await as(ann).patch(`/posts/${id}`, { version: 1, title: 'y' }));
  }
  await remove(`/posts/${gone}`);
  pass(30);
  await purge();
  expectStatus(200, await as(ann).post(`/posts/${gone}/restore`));
  await remove(`/posts/${gone}`);
  pass(30);
  t.clock.advance(1);
  await purge();
  expect(await as(ann).post(`/posts/${gone}/restore`)).toMatchObject({
    status: 404,
    error: 'POST_NOT_FOUND',
  });
  for (const [table, count] of [
    ['posts', 1],
    ['post_revisions', 1],
    ['comments', 2],
    ['likes', 2],
  ] as const)
    expect(await rows(table, '1 = 1'), table).toBe(count);
  expect((await as(ben).get(`/posts/${kept}/comments`)).data.items).toMatchObject([
    { replyCount: 1, likeCount: 1 },
  ]);
});

it('removes comments likewise; of one that is still answered only the words', async () => {
  const id = await post();
  const [alone, answered, deserted] = [await comment(id), await comment(id), await comment(id)];
  await reply(answered, ben);
  const late = await reply(deserted);
  for (const each of [alone, answered, deserted, late]) await remove(`/comments/${each}`);
  expect(await rows('comments', `target_id = ${id}`)).toBe(5);
  pass(31);
  await purge();
  await purge();
  expect(await rows('comments', `target_id = ${id}`)).toBe(2);
  expect(await rows('comments', `id = ${answered} and body = '' and html = ''`)).toBe(1);
  const { items } = (await as(ben).get(`/posts/${id}/comments`)).data;
  expect(items).toMatchObject([{ id: answered, deleted: true, replies: [{ body: 'words' }] }]);
  await remove(`/comments/${items[0].replies[0].id}`, ben);
  pass(31);
  await purge();
  expect(await rows('comments', `target_id = ${id}`)).toBe(0);
});
