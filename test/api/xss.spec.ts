import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer } from '../support/client.js';
import { assertInert } from '../support/inert.js';
import { picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';
import { XSS_PAYLOADS } from '../support/xss-payloads.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let group: { id: number };
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben] = (await t.world.usersOf(2)) as [TestUser, TestUser];
  group = await t.world.group(ann, { members: [ben] });
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
/** What fits into a text of one line; what is cut off is tried in longer ones. */
const line = (payload: string, max: number) =>
  [...payload.replace(/\s+/g, ' ').trim()].slice(0, max).join('').trim();
/** Many payloads to a text, each a block of its own. */
const batches = (max: number): string[] =>
  XSS_PAYLOADS.filter(storable).reduce<string[]>((texts, payload) => {
    const last = texts.at(-1);
    if (last !== undefined && [...last, ...payload].length + 2 <= max)
      texts[texts.length - 1] = `${last}\n\n${payload}`;
    else texts.push(payload);
    return texts;
  }, []);
/** Control characters are refused wherever people write. */
const storable = (payload: string) => !/[^\P{Cc}\n\t]/u.test(payload);

/** Every `html` of an answer, however deep, is inert; returns how many there were. */
function inertHtml(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((count, [key, item]) => {
    if (key !== 'html') return count + inertHtml(item);
    assertInert(item as string);
    return count + 1;
  }, 0);
}

/** Written and read again, what is returned is the source as it was typed and HTML that does nothing. */
async function expectInert(written: Answer, url?: string) {
  const { data } = expectStatus(201, written);
  expect(inertHtml(data)).toBeGreaterThan(0);
  if (url) expect(inertHtml(expectStatus(200, await as(ben).get(url)).data)).toBeGreaterThan(0);
  return data;
}

it('answers JSON that no browser takes for a page', async () => {
  const { headers } = await as(ann).get('/me');
  expect(headers['content-type']).toMatch(/^application\/json/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

it('refuses control characters', async () => {
  const hidden = XSS_PAYLOADS.filter((payload) => !storable(payload));
  expect(hidden.length).toBeGreaterThan(3);
  for (const body of hidden.map((payload) => `x${payload}x`))
    expect(await as(ann).post(`/groups/${group.id}/posts`, { title: 'x', body })).toMatchObject({
      status: 400,
    });
});

it('gives names and descriptions back as the text they are', async () => {
  let kept = 0;
  for (const payload of XSS_PAYLOADS.filter(storable)) {
    const nickname = line(payload, 32);
    const answer = await as(ann).patch('/me', { nickname, bio: payload });
    // Invisible characters alone make no name; bidi controls are no text.
    if (answer.status !== 200) expect(answer).toMatchObject({ status: 400, error: 'BAD_PARAMETER' });
    else expect(answer.data).toMatchObject({ nickname, bio: payload.trim() });
    if (answer.status === 200) kept++;
  }
  expect(kept).toBeGreaterThan(400);
  for (const description of batches(500)) {
    const name = line(description, 40);
    const { data } = expectStatus(
      200,
      await as(ann).patch(`/groups/${group.id}`, { name, description, notice: description }),
    );
    expect(data).toMatchObject({ name, description: description.trim(), notice: description.trim() });
  }
});

it('makes inert HTML of posts, comments and replies', async () => {
  const posts: number[] = [];
  for (const body of batches(5_000)) {
    const post = await expectInert(
      await as(ann).post(`/groups/${group.id}/posts`, { title: line(body, 80), body }),
    );
    posts.push(post.id);
    expect(inertHtml(expectStatus(200, await as(ben).get(`/posts/${post.id}`)).data)).toBe(1);
    expect(post.title).toBe(line(body, 80));
  }
  const [postId] = posts;
  for (const body of batches(1_000)) {
    const comment = await expectInert(await as(ben).post(`/posts/${postId}/comments`, { body }));
    await expectInert(
      await as(ann).post(`/comments/${comment.id}/replies`, { body }),
      `/comments/${comment.id}/replies`,
    );
  }
  expect(
    inertHtml(expectStatus(200, await as(ben).get(`/posts/${postId}/comments?limit=50`)).data),
  ).toBeGreaterThan(20);
});

it('shows in a preview what the post will be', async () => {
  for (const body of batches(20_000)) {
    const { data } = expectStatus(200, await as(ann).post('/markdown-previews', { body }));
    assertInert(data.html);
    const post = await as(ann).post(`/groups/${group.id}/posts`, { title: 'x', body });
    expect(data).toEqual({ html: post.data.html });
  }
});

it('makes inert HTML of questions, answers and replies', async () => {
  const questions: number[] = [];
  for (const body of batches(5_000)) {
    const asked = await as(ann).post('/questions', { title: line(body, 80), body, categoryId: 1 });
    const question = await expectInert(asked, `/questions/${asked.data.id}`);
    const answer = await expectInert(
      await as(ben).post(`/questions/${question.id}/answers`, { body }),
      `/questions/${question.id}/answers`,
    );
    questions.push(answer.id);
  }
  for (const body of batches(1_000)) {
    const url = `/answers/${questions[0]}/replies`;
    await expectInert(await as(ann).post(url, { body }), url);
  }
});

it('keeps hostile file names to itself', async () => {
  const content = await picture();
  const names = [
    '"><svg onload=alert(1)>.jpg',
    '<script>alert(1)</script>.png',
    '../../x.html',
    'x.jpg;.html',
    'x.svg',
  ];
  for (const filename of names.map((name) => name.replaceAll('"', '%22'))) {
    const { data } = expectStatus(201, await as(ann).upload('/uploads', { filename, content }));
    expect(JSON.stringify(data)).not.toMatch(/alert|svg|html|\.\./);
    expect(data.url).toMatch(/^\/media\/[\w-]+\.webp\?/);
  }
});
