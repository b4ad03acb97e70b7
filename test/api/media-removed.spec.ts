import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let moderator: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben] = (await t.world.usersOf(2)) as [TestUser, TestUser];
  moderator = await t.world.user({ role: 'moderator' });
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);

async function upload(user: TestUser): Promise<number> {
  const content = await picture();
  return expectStatus(201, await as(user).upload('/uploads', { content, filename: 'a.jpg' })).data.id;
}

async function statusOf(url: string, user?: TestUser): Promise<number> {
  const headers = user ? { authorization: `Bearer ${t.api.tokenOf(user)}` } : {};
  return (await t.app.inject({ url, headers })).statusCode;
}

/** What Ben is answered, who writes with a picture of his. */
async function write(path: string, body: object) {
  const imageIds = [await upload(ben)];
  const { data } = expectStatus(201, await as(ben).post(path, { ...body, imageIds }));
  const url = data.images[0].url as string;
  expect(await statusOf(url)).toBe(200);
  return { id: data.id as number, url };
}

const ask = () => write('/questions', { categoryId: 1, title: 'Why?', body: 'Really.' });
const answer = (questionId: number) => write(`/questions/${questionId}/answers`, { body: 'So.' });

/** Nobody: not its author, not those who took it away, not its readers, nor one who knows the file by its tag. */
async function expectGone(url: string) {
  expect(await statusOf(url)).toBe(404);
  for (const user of [ann, ben, moderator])
    expect([user.id, await statusOf(url, user)]).toEqual([user.id, 404]);
  const tag = `"${url.split('/').at(-1)!.split('?')[0]!}"`;
  const known = await t.app.inject({ url, headers: { 'if-none-match': tag } });
  expect(known.statusCode).toBe(404);
}

describe('the pictures of what was taken away', () => {
  for (const visibility of ['public', 'private']) {
    it(`are gone with a post of a ${visibility} group, and come back with it`, async () => {
      const { id: groupId } = await t.world.group(ann, { visibility, members: [ben] });
      const post = await write(`/groups/${groupId}/posts`, { title: 'Look', body: 'At this.' });
      for (const user of [ben, ann]) {
        expectStatus(200, await as(user).delete(`/posts/${post.id}`));
        await expectGone(post.url);
        expectStatus(200, await as(user).post(`/posts/${post.id}/restore`));
        expect(await statusOf(post.url)).toBe(200);
      }
    });
  }

  it('are gone with a question, and those of its answers with them', async () => {
    const question = await ask();
    const below = await answer(question.id);
    expectStatus(200, await as(moderator).delete(`/questions/${question.id}`));
    await expectGone(question.url);
    await expectGone(below.url);
    expectStatus(200, await as(moderator).post(`/questions/${question.id}/restore`));
    expect([await statusOf(question.url), await statusOf(below.url)]).toEqual([200, 200]);
  });

  it('are gone with an answer, whose question keeps its own', async () => {
    const question = await ask();
    const below = await answer(question.id);
    expectStatus(200, await as(moderator).delete(`/answers/${below.id}`));
    await expectGone(below.url);
    expect(await statusOf(question.url)).toBe(200);
  });
});
