import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer } from '../support/client.js';
import { countStatements } from '../support/statements.js';
import { expectStatus, type TestUser } from '../support/world.js';

const MANY = 100;

let t: TestApp;
let owner: TestUser;
const ids: Record<string, number> = {};

/** Of everything that is listed there are a hundred, each with all that a list shows of it. */
beforeAll(async () => {
  t = await createTestApp();
  owner = await t.world.user();
  const users = await t.world.usersOf(MANY);
  const { id: groupId } = await t.world.group(owner, { members: users });
  const { checkIn } = await t.world.checkIn(groupId, owner);
  const api = t.api.as(owner);
  const made = async (answer: Promise<Answer>) => expectStatus(201, await answer).data.id as number;
  const text = { title: 'a title', body: 'a text for @user3' };

  const posts: number[] = [];
  const questions: number[] = [];
  for (let n = 0; n < MANY; n++) {
    posts.push(await made(api.post(`/groups/${groupId}/posts`, text)));
    questions.push(await made(api.post('/questions', { ...text, categoryId: 1, groupId })));
    await made(api.post(`/questions/${questions[n]}/answers`, { body: 'mine' }));
  }
  const [postId, questionId] = [posts[0]!, questions[0]!];
  for (let version = 1; version < MANY; version++)
    expectStatus(200, await api.patch(`/posts/${postId}`, { version, body: `version ${version}` }));
  const commentId = await made(api.post(`/posts/${postId}/comments`, { body: 'first' }));
  const { id: answerId } = (await api.get(`/questions/${questionId}/answers`)).data.items[0];
  for (const user of users) {
    const other = t.api.as(user);
    for (const path of [`/posts/${postId}`, `/comments/${commentId}`, `/check-ins/${checkIn.id}`])
      expectStatus(200, await other.put(`${path}/like`));
    await made(other.post(`/comments/${commentId}/replies`, { body: 'a reply' }));
    const root = await made(other.post(`/posts/${postId}/comments`, { body: 'a comment' }));
    await made(api.post(`/comments/${root}/replies`, { body: 'thank you', replyToUserId: user.id }));
    const below = await made(other.post(`/check-ins/${checkIn.id}/comments`, { body: 'a comment' }));
    await made(api.post(`/comments/${below}/replies`, { body: 'thank you' }));
    await made(other.post(`/answers/${answerId}/replies`, { body: 'a reply' }));
    await made(other.post(`/questions/${questionId}/answers`, { body: 'an answer' }));
  }
  const now = t.clock.now();
  for (let n = 0; n < MANY; n++)
    await t.app.get(Database).run(
      `insert into uploads (user_id, name, content_type, width, height, bytes, created_at, unused_since)
       values (?, ?, 'image/webp', 1, 1, 1, ?, ?)`,
      [owner.id, `picture${n}`, now, now],
    );
  Object.assign(ids, {
    groupId,
    postId,
    commentId,
    checkInId: checkIn.id,
    questionId,
    answerId,
    userId: owner.id,
  });
}, 240_000);
afterAll(() => t.close());

it.each([
  '/groups/{groupId}/posts?',
  '/groups/{groupId}/posts?sort=hot&',
  '/posts/{postId}/comments?',
  '/posts/{postId}/comments?sort=new&',
  '/posts/{postId}/revisions?',
  '/posts/{postId}/likes?',
  '/comments/{commentId}/replies?',
  '/comments/{commentId}/likes?',
  '/check-ins/{checkInId}/comments?',
  '/check-ins/{checkInId}/likes?',
  '/feed?',
  '/users/{userId}/posts?',
  '/questions?',
  '/questions?sort=hot&',
  '/questions?groupId={groupId}&',
  '/questions?mine=true&',
  '/questions/{questionId}/answers?',
  '/answers/{answerId}/replies?',
  '/users/{userId}/questions?',
  '/users/{userId}/answers?',
  '/messages?',
  '/messages?type=comment&type=answer&unread=true&',
  '/uploads?',
])('GET %s asks the database as often for 100 items as for one', async (path) => {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));
  const one = await countStatements(t, owner, `${url}limit=1`);
  const many = await countStatements(t, owner, `${url}limit=${MANY}`);
  expect([one.items.length, many.items.length]).toEqual([1, MANY]);
  expect(many.statements).toBe(one.statements);
  expect(one.statements).toBeGreaterThan(0);
});
