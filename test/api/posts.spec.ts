import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import {
  actsOn,
  expectRubbishRefused,
  expectSignInNeeded,
  NO_SUCH_ID,
  numberOf,
  pagesOf,
  tally,
} from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
let stranger: TestUser;
let moderator: TestUser;
let group: number;
let hidden: number;
/** Ann runs both groups, Ben and Cat belong to them; `hidden` is private. */
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat, stranger] = (await t.world.usersOf(4)) as [TestUser, TestUser, TestUser, TestUser];
  moderator = await t.world.user({ role: 'moderator' });
  group = (await t.world.group(ann, { members: [ben, cat] })).id;
  hidden = (await t.world.group(ann, { visibility: 'private', members: [ben, cat] })).id;
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const write = async (user: TestUser, groupId = group, fields: object = {}) =>
  expectStatus(
    201,
    await as(user).post(`/groups/${groupId}/posts`, { title: 'A title', body: 'Some *words*', ...fields }),
  ).data;
const postCount = async (groupId: number) => (await as(ann).get(`/groups/${groupId}`)).data.postCount;
const flag = (user: TestUser, id: number, name: string) => as(user).put(`/posts/${id}/flags/${name}`);
const mute = (user: TestUser, until: string | null) =>
  as(ann).patch(`/groups/${group}/members/${user.id}`, { mutedUntil: until });

/** A picture that belongs to nothing yet. */
async function upload(user: TestUser): Promise<{ id: number; name: string }> {
  const name = `picture-${Math.random().toString(36).slice(2, 14)}`;
  const now = t.clock.now();
  const sql = `insert into uploads (user_id, name, content_type, width, height, bytes, created_at, unused_since)
    values (?, ?, 'image/webp', 640, 480, 1000, ?, ?)`;
  const { insertId: id } = await t.app.get(Database).run(sql, [user.id, name, now, now]);
  return { id, name };
}

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'POST /groups/1/posts',
    'GET /groups/1/posts',
    'GET /posts/1',
    'PATCH /posts/1',
    'DELETE /posts/1',
    'POST /posts/1/restore',
    'GET /posts/1/revisions',
    'PUT /posts/1/flags/pinned',
    'DELETE /posts/1/flags/pinned',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const { id } = await write(ben);
  const body = { title: 'x', body: 'x' };
  await expectRubbishRefused(as(ben), [
    ['POST /groups/0/posts', 'groupId', body],
    [`POST /groups/${group}/posts`, 'title', { body: 'x' }],
    [`POST /groups/${group}/posts`, 'title', { ...body, title: '字'.repeat(121) }],
    [`POST /groups/${group}/posts`, 'body', { title: 'x' }],
    [`POST /groups/${group}/posts`, 'body', { ...body, body: 'x'.repeat(20_001) }],
    [`POST /groups/${group}/posts`, 'body', { ...body, body: ' \n ' }],
    [`POST /groups/${group}/posts`, 'imageIds', { ...body, imageIds: [1, 1] }],
    [`POST /groups/${group}/posts`, 'imageIds', { ...body, imageIds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }],
    [`POST /groups/${group}/posts`, 'pinned', { ...body, pinned: true }],
    [`GET /groups/${group}/posts?filter=good`, 'filter'],
    [`GET /groups/${group}/posts?sort=old`, 'sort'],
    [`GET /groups/${group}/posts?cursor=WzFd`, 'cursor'],
    ['GET /posts/x', 'postId'],
    [`PATCH /posts/${id}`, 'version', { title: 'x' }],
    [`PATCH /posts/${id}`, 'title', { version: 1, title: null }],
    [`PATCH /posts/${id}`, 'title', { version: 1, title: '' }],
    [`DELETE /posts/${id}?reason=${'x'.repeat(201)}`, 'reason'],
    [`GET /posts/${id}/revisions?cursor=WyJhIl0`, 'cursor'],
    [`PUT /posts/${id}/flags/hot`, 'flag'],
    [`DELETE /posts/${id}/flags/state`, 'flag'],
  ]);
});

it('knows nothing of posts that are not there, nor of those in a group that one may not see', async () => {
  const { id } = await write(ben, hidden);
  for (const post of [id, NO_SUCH_ID]) {
    for (const route of [
      as(stranger).get(`/posts/${post}`),
      as(stranger).patch(`/posts/${post}`, { version: 1 }),
      as(stranger).delete(`/posts/${post}`),
      as(stranger).post(`/posts/${post}/restore`),
      as(stranger).get(`/posts/${post}/revisions`),
      flag(stranger, post, 'pinned'),
      as(stranger).delete(`/posts/${post}/flags/pinned`),
    ])
      expect(await route).toMatchObject({ status: 404, error: 'POST_NOT_FOUND' });
  }
  for (const route of [
    as(stranger).get(`/groups/${hidden}/posts`),
    as(stranger).post(`/groups/${hidden}/posts`, { title: 'x', body: 'x' }),
  ])
    expect(await route).toMatchObject({ status: 404, error: 'GROUP_NOT_FOUND' });
  expect(await as(moderator).get(`/posts/${id}`)).toMatchObject({ status: 200 });
});

describe('writing', () => {
  it('answers the source, the HTML and an excerpt, and counts the post', async () => {
    const before = await postCount(group);
    const post = await write(ben, group, { title: '  三十天 ', body: '**坚持** <b>x</b>\r\n第二行' });
    expect(post).toEqual({
      id: expect.any(Number),
      groupId: group,
      groupName: 'Every day',
      author: { id: ben.id, nickname: ben.nickname, avatarUrl: null },
      checkInId: null,
      title: '三十天',
      excerpt: expect.stringContaining('坚持'),
      body: '**坚持** <b>x</b>\n第二行',
      html: expect.stringContaining('<strong>坚持</strong>'),
      images: [],
      pinned: false,
      excellent: false,
      locked: false,
      commentCount: 0,
      likeCount: 0,
      liked: false,
      version: 1,
      createdAt: START,
      editedAt: null,
    });
    expect(post.html).not.toContain('<b>');
    expect((await as(stranger).get(`/posts/${post.id}`)).data).toEqual(post);
    expect(await postCount(group)).toBe(before + 1);
  });

  it('is for members who are not muted', async () => {
    const body = { title: 'x', body: 'x' };
    const url = `/groups/${group}/posts`;
    expect(await as(stranger).post(url, body)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    expectStatus(200, await mute(cat, '2027-01-01T00:00:00.000Z'));
    expect(await as(cat).post(url, body)).toMatchObject({ status: 403, error: 'MUTED' });
    expectStatus(200, await mute(cat, null));
    expectStatus(201, await as(cat).post(url, body));
  });

  it('refuses pictures that are not there, and then writes nothing', async () => {
    const before = await postCount(group);
    const answer = await as(ben).post(`/groups/${group}/posts`, {
      title: 'x',
      body: 'x',
      imageIds: [NO_SUCH_ID],
    });
    expect(answer).toMatchObject({ status: 400, error: 'UPLOAD_NOT_FOUND' });
    expect(await postCount(group)).toBe(before);
  });

  it('shows its pictures, in a private group by an address that is signed for the reader', async () => {
    for (const [groupId, query] of [
      [group, ''],
      [hidden, `?user=${ben.id}&`],
    ] as const) {
      const { id, name } = await upload(ben);
      const post = await write(ben, groupId, { imageIds: [id], body: `![sun](/media/${name}.webp)` });
      expect(post.images).toMatchObject([{ id, width: 640, height: 480 }]);
      expect(post.images[0].url).toMatch(
        new RegExp(`^/media/${name}.webp${query === '' ? '$' : '\\?user='}`),
      );
      expect(post.html).toContain(`<img src="/media/${name}`);
      expect(post.html.includes(`?user=${ben.id}&amp;`)).toBe(query !== '');
      const stolen = await as(cat).post(`/groups/${group}/posts`, { title: 'x', body: 'x', imageIds: [id] });
      expect(stolen).toMatchObject({ status: 400, error: 'UPLOAD_NOT_FOUND' });
      const without = expectStatus(
        200,
        await as(ben).patch(`/posts/${post.id}`, { version: 1, imageIds: [] }),
      ).data;
      expect(without).toMatchObject({ images: [], version: 2, body: post.body });
      expect(without.html).not.toContain('<img');
    }
  });

  it('happens once for the same Idempotency-Key', async () => {
    const api = as(ben).with({ 'idempotency-key': 'a-post' });
    const send = () => api.post(`/groups/${group}/posts`, { title: 'once', body: 'once' });
    const first = await send();
    expect(await send()).toMatchObject({ status: 201, data: { id: first.data.id } });
  });

  it('links those named who may read it', async () => {
    const body = `@${cat.nickname} and @${stranger.nickname}`;
    const { html } = await write(ben, hidden, { body });
    expect(html).toContain(`href="/users/${cat.id}"`);
    expect(html).not.toContain(`href="/users/${stranger.id}"`);
    expect((await write(ben, group, { body })).html).toContain(`href="/users/${stranger.id}"`);
  });

  it('counts posts written at once', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    await Promise.all(Array.from({ length: 10 }, () => write(ben, id)));
    expect(await postCount(id)).toBe(10);
  });
});

describe('editing', () => {
  it('changes what is given, keeps what was, and marks the post', async () => {
    const { id } = await write(ben);
    t.clock.advance(1000);
    const answer = await as(ben).patch(`/posts/${id}`, { version: 1, title: 'Better' });
    const editedAt = t.clock.now().toISOString();
    expect(answer).toMatchObject({
      status: 200,
      data: { version: 2, title: 'Better', body: 'Some *words*', editedAt },
    });
    const next = await as(ben).patch(`/posts/${id}`, { version: 2, body: 'Other words' });
    expect(next.data).toMatchObject({
      version: 3,
      title: 'Better',
      html: '<p>Other words</p>',
      excerpt: 'Other words',
    });
    const revisions = await pagesOf(as(stranger), `/posts/${id}/revisions`, 2);
    const editor = { id: ben.id, nickname: ben.nickname, avatarUrl: null };
    expect(revisions).toMatchObject([
      { version: 3, title: 'Better', body: 'Other words', editor, createdAt: editedAt },
      { version: 2, title: 'Better', body: 'Some *words*', editor, createdAt: editedAt },
      { version: 1, title: 'A title', body: 'Some *words*', editor },
    ]);
    expect(revisions[2].createdAt < editedAt).toBe(true);
  });

  it('refuses a stale version, and lets one of many through at once', async () => {
    const { id } = await write(ben);
    const edits = Array.from({ length: 10 }, (_, n) =>
      as(ben).patch(`/posts/${id}`, { version: 1, title: `Edit ${n}` }),
    );
    expect(tally(await Promise.all(edits))).toEqual({ '200': 1, '409 STALE_VERSION': 9 });
    expect(await as(ben).patch(`/posts/${id}`, { version: 1 })).toMatchObject({
      status: 409,
      error: 'STALE_VERSION',
    });
    expect(await numberOf(t, 'select count(*) from post_revisions where post_id = ?', id)).toBe(1);
  });

  it('is for the author, while he may write there', async () => {
    const { id } = await write(cat);
    const edit = (user: TestUser) => as(user).patch(`/posts/${id}`, { version: 1, title: 'x' });
    for (const user of [ben, ann, moderator, stranger])
      expect(await edit(user)).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    await mute(cat, '2027-01-01T00:00:00.000Z');
    expect(await edit(cat)).toMatchObject({ status: 403, error: 'MUTED' });
    await mute(cat, null);
    const left = await write(await joined(), group);
    expect(await as(lastJoined).patch(`/posts/${left.id}`, { version: 1, title: 'x' })).toMatchObject({
      status: 200,
    });
    expectStatus(200, await as(lastJoined).delete(`/groups/${group}/members/me`));
    expect(await as(lastJoined).patch(`/posts/${left.id}`, { version: 2, title: 'y' })).toMatchObject({
      status: 403,
      error: 'NOT_MEMBER',
    });
  });

  it('is closed to the author of a locked post, unless he runs the group', async () => {
    const { id } = await write(ben);
    const own = await write(ann);
    for (const post of [id, own.id]) expectStatus(200, await flag(ann, post, 'locked'));
    expect(await as(ben).patch(`/posts/${id}`, { version: 1, title: 'x' })).toMatchObject({
      status: 409,
      error: 'POST_LOCKED',
    });
    expectStatus(200, await as(ann).patch(`/posts/${own.id}`, { version: 1, title: 'x' }));
  });
});

let lastJoined: TestUser;
async function joined(): Promise<TestUser> {
  lastJoined = await t.world.user();
  await t.world.join(group, lastJoined, ann);
  return lastJoined;
}

describe('deleting and restoring', () => {
  it('takes a post away for everybody, once, and counts it down', async () => {
    const { id } = await write(ben);
    const before = await postCount(group);
    const all = Array.from({ length: 10 }, () => as(ben).delete(`/posts/${id}`));
    expect(tally(await Promise.all(all))).toEqual({ '200': 10 });
    expect(await postCount(group)).toBe(before - 1);
    for (const user of [ben, ann, moderator, stranger])
      expect(await as(user).get(`/posts/${id}`)).toMatchObject({ status: 404, error: 'POST_NOT_FOUND' });
    expect(await as(ann).delete(`/posts/${id}`)).toMatchObject({ status: 404 });
    expect(
      (await as(ben).get(`/groups/${group}/posts?limit=100`)).data.items.map((p: { id: number }) => p.id),
    ).not.toContain(id);
  });

  it('is for the author and those who run the group', async () => {
    const { id } = await write(ben);
    for (const user of [cat, stranger])
      expect(await as(user).delete(`/posts/${id}`)).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    expect(await as(cat).post(`/posts/${id}/restore`)).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    expectStatus(200, await as(ben).delete(`/posts/${id}`));
    expect(await as(cat).post(`/posts/${id}/restore`)).toMatchObject({
      status: 404,
      error: 'POST_NOT_FOUND',
    });
  });

  it('gives the author back what he has deleted, with its comments and likes', async () => {
    const post = await write(ben);
    expectStatus(200, await as(ben).delete(`/posts/${post.id}`));
    const before = await postCount(group);
    const all = Array.from({ length: 5 }, () => as(ben).post(`/posts/${post.id}/restore`));
    expect(tally(await Promise.all(all))).toEqual({ '200': 5 });
    expect((await as(ben).get(`/posts/${post.id}`)).data).toEqual(post);
    expect(await postCount(group)).toBe(before + 1);
  });

  it('leaves what a moderator has removed to moderators', async () => {
    const { id } = await write(ben);
    expectStatus(200, await as(ann).delete(`/posts/${id}?reason=spam`));
    expect(await as(ben).delete(`/posts/${id}`)).toMatchObject({ status: 404 });
    expect(await as(ben).post(`/posts/${id}/restore`)).toMatchObject({
      status: 403,
      error: 'REMOVED_BY_MODERATOR',
    });
    expectStatus(200, await as(moderator).post(`/posts/${id}/restore`));
    expectStatus(200, await as(ben).get(`/posts/${id}`));
    expect(await actsOn(t, 'post', id)).toMatchObject([
      { action: 'post.remove', actorId: ann.id, detail: { authorId: ben.id, reason: 'spam' } },
      { action: 'post.restore', actorId: moderator.id, detail: { authorId: ben.id } },
    ]);
  });

  it('takes more than having been the author to restore: one must be a writer there', async () => {
    const { id } = await write(cat);
    expectStatus(200, await as(cat).delete(`/posts/${id}`));
    await mute(cat, '2027-01-01T00:00:00.000Z');
    expect(await as(cat).post(`/posts/${id}/restore`)).toMatchObject({ status: 403, error: 'MUTED' });
    await mute(cat, null);
    const gone = await write(await joined());
    expectStatus(200, await as(lastJoined).delete(`/posts/${gone.id}`));
    expectStatus(200, await as(lastJoined).delete(`/groups/${group}/members/me`));
    expect(await as(lastJoined).post(`/posts/${gone.id}/restore`)).toMatchObject({
      status: 403,
      error: 'NOT_MEMBER',
    });
  });
});

describe('flags', () => {
  it('are set and cleared by those who run the group, and written down once', async () => {
    const { id } = await write(ben);
    for (const user of [ben, stranger]) {
      expect(await flag(user, id, 'pinned')).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
      expect(await as(user).delete(`/posts/${id}/flags/pinned`)).toMatchObject({
        status: 403,
        error: 'NO_PERMISSION',
      });
    }
    for (let n = 0; n < 2; n++)
      expect(await flag(ann, id, 'excellent')).toMatchObject({
        status: 200,
        data: { pinned: false, excellent: true, locked: false },
      });
    expectStatus(200, await flag(moderator, id, 'pinned'));
    for (let n = 0; n < 2; n++) expectStatus(200, await as(ann).delete(`/posts/${id}/flags/excellent`));
    expect((await as(stranger).get(`/posts/${id}`)).data).toMatchObject({ pinned: true, excellent: false });
    expect(await actsOn(t, 'post', id)).toMatchObject([
      { action: 'post.flag', actorId: ann.id, detail: { flag: 'excellent' } },
      { action: 'post.flag', actorId: moderator.id, detail: { flag: 'pinned' } },
      { action: 'post.unflag', actorId: ann.id, detail: { flag: 'excellent' } },
    ]);
  });
});

describe('the list of a group', () => {
  it('has pinned posts first, then the newest, page by page', async () => {
    const { id: own } = await t.world.group(ann, { members: [ben] });
    const ids: number[] = [];
    for (let n = 0; n < 7; n++) ids.push((await write(ben, own, { title: `Post ${n}` })).id);
    for (const n of [1, 4]) expectStatus(200, await flag(ann, ids[n]!, 'pinned'));
    for (const n of [2, 4]) expectStatus(200, await flag(ann, ids[n]!, 'excellent'));
    const titles = async (query: string, limit: number) =>
      (await pagesOf(as(stranger), `/groups/${own}/posts${query}`, limit)).map(({ title }) =>
        Number(title.slice(5)),
      );
    for (const limit of [1, 2, 3, 100]) {
      expect(await titles('', limit)).toEqual([4, 1, 6, 5, 3, 2, 0]);
      expect(await titles('?filter=hot', limit)).toEqual([4, 1]);
      expect(await titles('?filter=excellent', limit)).toEqual([4, 2]);
    }
    const { nextCursor } = (await as(ann).get(`/groups/${own}/posts?limit=1`)).data;
    for (const query of ['sort=hot', 'filter=excellent'])
      expect(await as(ann).get(`/groups/${own}/posts?${query}&cursor=${nextCursor}`)).toMatchObject({
        error: 'BAD_PARAMETER',
      });
  });

  it('shows no body, and the hottest first when asked', async () => {
    const { id: own } = await t.world.group(ann, { members: [ben, cat] });
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) ids.push((await write(ben, own)).id);
    for (const n of [1, 3]) expectStatus(200, await as(cat).put(`/posts/${ids[n]}/like`));
    expectStatus(200, await as(ann).put(`/posts/${ids[1]}/like`));
    for (const limit of [1, 2, 100]) {
      const rows = await pagesOf(as(cat), `/groups/${own}/posts?sort=hot`, limit);
      expect(rows.map(({ id }) => ids.indexOf(id))).toEqual([1, 3, 4, 2, 0]);
      expect(rows[0]).toMatchObject({ liked: true, likeCount: 2 });
      expect(rows[0]).not.toHaveProperty('body');
    }
  });
});
