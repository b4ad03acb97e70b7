import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { DomainEvents } from '../../src/common/events/domain-events.js';
import { Notice } from '../../src/common/events/notice.js';
import { PostRepository } from '../../src/modules/community/post.repository.js';
import { createTestApp, type TestApp } from '../support/app.js';
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
let group: number;
let hidden: number;
let checkIn: number;
let notices: Notice[] = [];
/** Ann runs both groups, Ben and Cat belong to them; `hidden` is private. Ben has checked in. */
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat, stranger] = (await t.world.usersOf(4)) as [TestUser, TestUser, TestUser, TestUser];
  group = (await t.world.group(ann, { members: [ben, cat] })).id;
  hidden = (await t.world.group(ann, { visibility: 'private', members: [ben, cat] })).id;
  checkIn = (await t.world.checkIn(group, ben, 'Five kilometres')).checkIn.id;
  t.app.get(DomainEvents).on(Notice, async (notice) => void notices.push(notice));
});
beforeEach(() => {
  notices = [];
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const post = async (user: TestUser, groupId = group): Promise<number> =>
  expectStatus(201, await as(user).post(`/groups/${groupId}/posts`, { title: 'Title', body: 'x' })).data.id;
const comment = async (user: TestUser, place: string, body = 'A comment') =>
  expectStatus(201, await as(user).post(`/${place}/comments`, { body })).data;
const reply = async (user: TestUser, id: number, fields: object = {}) =>
  expectStatus(201, await as(user).post(`/comments/${id}/replies`, { body: 'A reply', ...fields })).data;
const list = async (place: string, user = stranger) =>
  expectStatus(200, await as(user).get(`/${place}/comments`)).data.items;
const commentCount = async (id: number) => (await as(ann).get(`/posts/${id}`)).data.commentCount;
const mute = async (user: TestUser, until: string | null) =>
  expectStatus(200, await as(ann).patch(`/groups/${group}/members/${user.id}`, { mutedUntil: until }));
const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);
const receivers = () =>
  notices.map((notice) =>
    Object.fromEntries(notice.receivers.map(({ type, userIds }) => [type, sorted(userIds)])),
  );

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'POST /posts/1/comments',
    'GET /posts/1/comments',
    'POST /check-ins/1/comments',
    'GET /check-ins/1/comments',
    'POST /comments/1/replies',
    'GET /comments/1/replies',
    'GET /comments/1',
    'PATCH /comments/1',
    'DELETE /comments/1',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const id = await post(ben);
  const { id: root } = await comment(ben, `posts/${id}`);
  await expectRubbishRefused(as(ben), [
    ['POST /posts/0/comments', 'postId', { body: 'x' }],
    [`POST /posts/${id}/comments`, 'body', {}],
    [`POST /posts/${id}/comments`, 'body', { body: '  ' }],
    [`POST /posts/${id}/comments`, 'body', { body: 'x'.repeat(1_001) }],
    [`POST /posts/${id}/comments`, 'rootId', { body: 'x', rootId: 1 }],
    [`GET /posts/${id}/comments?sort=hot`, 'sort'],
    [`GET /posts/${id}/comments?cursor=WzFd`, 'cursor'],
    ['GET /check-ins/x/comments', 'checkInId'],
    [`POST /check-ins/${checkIn}/comments`, 'body', { body: 7 }],
    [`POST /comments/${root}/replies`, 'body', {}],
    [`POST /comments/${root}/replies`, 'replyToUserId', { body: 'x', replyToUserId: '1' }],
    [`POST /comments/${root}/replies`, 'replyToUserId', { body: 'x', replyToUserId: cat.id }],
    [`POST /comments/${root}/replies`, 'replyToUserId', { body: 'x', replyToUserId: NO_SUCH_ID }],
    [`GET /comments/${root}/replies?cursor=WyJhIl0`, 'cursor'],
    [`PATCH /comments/${root}`, 'body', { body: '' }],
    ['GET /comments/x', 'commentId'],
    ['DELETE /comments/1.5', 'commentId'],
    [`DELETE /comments/${root}?reason=`, 'reason'],
  ]);
});

it('knows nothing of what is not there or not to be seen', async () => {
  const id = await post(ben, hidden);
  const { id: root } = await comment(ben, `posts/${id}`);
  const done = await t.world.checkIn(hidden, ben, 'in secret');
  const body = { body: 'x' };
  for (const post of [id, NO_SUCH_ID])
    for (const answer of [
      await as(stranger).get(`/posts/${post}/comments`),
      await as(stranger).post(`/posts/${post}/comments`, body),
    ])
      expect(answer).toMatchObject({ status: 404, error: 'POST_NOT_FOUND' });
  for (const target of [done.checkIn.id, NO_SUCH_ID])
    for (const answer of [
      await as(stranger).get(`/check-ins/${target}/comments`),
      await as(stranger).post(`/check-ins/${target}/comments`, body),
    ])
      expect(answer).toMatchObject({ status: 404, error: 'CHECK_IN_NOT_FOUND' });
  for (const target of [root, NO_SUCH_ID])
    for (const answer of [
      await as(stranger).get(`/comments/${target}`),
      await as(stranger).get(`/comments/${target}/replies`),
      await as(stranger).post(`/comments/${target}/replies`, body),
      await as(stranger).patch(`/comments/${target}`, body),
      await as(stranger).delete(`/comments/${target}`),
    ])
      expect(answer).toMatchObject({ status: 404, error: 'COMMENT_NOT_FOUND' });
});

describe('commenting', () => {
  it('answers the comment, counts it and tells the author of the post', async () => {
    const id = await post(ben);
    const made = await comment(cat, `posts/${id}`, `*Well* done, @${ann.nickname}`);
    expect(made).toEqual({
      id: expect.any(Number),
      rootId: null,
      author: { id: cat.id, nickname: cat.nickname, avatarUrl: null },
      replyTo: null,
      body: `*Well* done, @${ann.nickname}`,
      html: expect.stringContaining('<em>Well</em>'),
      deleted: false,
      likeCount: 0,
      liked: false,
      replyCount: 0,
      replies: [],
      createdAt: expect.any(String),
      editedAt: null,
    });
    expect(await list(`posts/${id}`)).toEqual([made]);
    expect(await commentCount(id)).toBe(1);
    expect(notices).toMatchObject([
      {
        actorId: cat.id,
        target: { type: 'comment', id: made.id },
        place: { type: 'post', id },
        groupId: group,
        title: 'Title',
        excerpt: `Well done, @${ann.nickname}`,
      },
    ]);
    expect(receivers()).toEqual([{ reply: [], mention: [ann.id], comment: [ben.id] }]);
  });

  it('is for members who are not muted', async () => {
    const id = await post(ben);
    const { id: root } = await comment(cat, `posts/${id}`);
    const routes = (user: TestUser) => [
      as(user).post(`/posts/${id}/comments`, { body: 'x' }),
      as(user).post(`/check-ins/${checkIn}/comments`, { body: 'x' }),
      as(user).post(`/comments/${root}/replies`, { body: 'x' }),
    ];
    for (const answer of await Promise.all(routes(stranger)))
      expect(answer).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    await mute(cat, '2027-01-01T00:00:00.000Z');
    for (const answer of await Promise.all([
      ...routes(cat),
      as(cat).patch(`/comments/${root}`, { body: 'x' }),
    ]))
      expect(answer).toMatchObject({ status: 403, error: 'MUTED' });
    expectStatus(200, await as(cat).delete(`/comments/${root}`));
    await mute(cat, null);
  });

  it('is for those who run the group where the post is locked', async () => {
    const id = await post(ben);
    const { id: root } = await comment(ben, `posts/${id}`);
    expectStatus(200, await as(ann).put(`/posts/${id}/flags/locked`));
    for (const answer of [
      await as(ben).post(`/posts/${id}/comments`, { body: 'x' }),
      await as(ben).post(`/comments/${root}/replies`, { body: 'x' }),
      await as(ben).patch(`/comments/${root}`, { body: 'x' }),
    ])
      expect(answer).toMatchObject({ status: 409, error: 'POST_LOCKED' });
    await reply(ann, root);
    await comment(ann, `posts/${id}`);
  });

  it('can be switched off for check-ins', async () => {
    const { id: root } = await comment(cat, `check-ins/${checkIn}`);
    expectStatus(200, await as(ann).patch(`/groups/${group}`, { checkInComments: false }));
    for (const answer of [
      await as(cat).post(`/check-ins/${checkIn}/comments`, { body: 'x' }),
      await as(cat).post(`/comments/${root}/replies`, { body: 'x' }),
      await as(cat).patch(`/comments/${root}`, { body: 'x' }),
    ])
      expect(answer).toMatchObject({ status: 403, error: 'COMMENTS_OFF' });
    expect(await list(`check-ins/${checkIn}`)).toMatchObject([{ id: root }]);
    expectStatus(200, await as(ann).patch(`/groups/${group}`, { checkInComments: true }));
    const answer = await reply(ben, root);
    const [shown] = (await as(stranger).get(`/groups/${group}/check-ins`)).data.items;
    expect(shown).toMatchObject({ id: checkIn, commentCount: 2 });
    expect(notices.map(({ place, title }) => [place, title])).toEqual([
      [{ type: 'checkIn', id: checkIn }, 'Five kilometres'],
      [{ type: 'checkIn', id: checkIn }, 'Five kilometres'],
    ]);
    for (const id of [answer.id, root]) expectStatus(200, await as(ann).delete(`/comments/${id}`));
    expect((await as(ben).get(`/groups/${group}/days/2026-03-02`)).data.items[0].checkIn).toMatchObject({
      commentCount: 0,
    });
  });

  it('is counted exactly when 50 do it at once', async () => {
    const id = await post(ben);
    const { id: root } = await comment(cat, `posts/${id}`);
    const all = Array.from({ length: 50 }, (_, n) => {
      const user = [ann, ben, cat][n % 3]!;
      const url = n % 2 ? `/posts/${id}/comments` : `/comments/${root}/replies`;
      return as(user).post(url, { body: `Number ${n}` });
    });
    expect(tally(await Promise.all(all))).toEqual({ '201': 50 });
    expect(await commentCount(id)).toBe(51);
    const roots = await list(`posts/${id}`);
    expect(roots.find((one: { id: number }) => one.id === root)).toMatchObject({ replyCount: 25 });
  });

  it('is counted where the post was gone for a moment, and refused where what it answers is', async () => {
    const id = await post(ann);
    const { id: rootId } = await comment(ben, `posts/${id}`);
    const posts = t.app.get(PostRepository, { strict: false });
    vi.spyOn(posts, 'addComments').mockResolvedValueOnce(false);
    await comment(cat, `posts/${id}`);
    expect(await commentCount(id)).toBe(2);

    vi.spyOn(posts, 'addComments').mockImplementationOnce(async () => {
      await t.app.get(Database).run("update posts set state = 'removed' where id = ?", [id]);
      return false;
    });
    const answer = await as(cat).post(`/comments/${rootId}/replies`, { body: 'too late' });
    expect(answer.error).toBe('COMMENT_NOT_FOUND');
    expect(await commentCount(id)).toBe(2);
  });

  it('happens once for the same Idempotency-Key', async () => {
    const id = await post(ben);
    const api = as(cat).with({ 'idempotency-key': 'a-comment' });
    const send = () => api.post(`/posts/${id}/comments`, { body: 'once' });
    const first = await send();
    expect(await send()).toMatchObject({ status: 201, data: { id: first.data.id } });
    expect(await commentCount(id)).toBe(1);
  });
});

describe('replying', () => {
  it('belongs to the root, whatever is answered, and tells the answered and the author of the root', async () => {
    const id = await post(ann);
    const root = await comment(ben, `posts/${id}`);
    notices = [];
    const first = await reply(cat, root.id);
    expect(first).toMatchObject({ rootId: root.id, replyTo: null });
    const second = await reply(ann, first.id);
    expect(second).toMatchObject({ rootId: root.id, replyTo: { id: cat.id, nickname: cat.nickname } });
    const third = await reply(ben, root.id, { replyToUserId: ann.id });
    expect(third).toMatchObject({ rootId: root.id, replyTo: { id: ann.id } });
    expect(receivers()).toEqual([
      { reply: [ben.id], mention: [], comment: [ann.id] },
      { reply: sorted([ben.id, cat.id]), mention: [], comment: [ann.id] },
      { reply: sorted([ann.id, ben.id]), mention: [], comment: [ann.id] },
    ]);
    expect(await commentCount(id)).toBe(4);
  });

  it('shows the newest three below each comment, and all of them in their own list', async () => {
    const id = await post(ann);
    const [a, b] = [await comment(ben, `posts/${id}`), await comment(cat, `posts/${id}`)];
    const replies: number[] = [];
    for (let n = 0; n < 5; n++) replies.push((await reply(cat, a.id)).id);
    const other = await reply(ben, b.id);
    const ids = (items: { id: number }[]) => items.map((item) => item.id);
    for (const limit of [1, 2, 100]) {
      const roots = await pagesOf(as(stranger), `/posts/${id}/comments`, limit);
      expect(ids(roots)).toEqual([a.id, b.id]);
      expect(roots[0].replyCount).toBe(5);
      expect(ids(roots[0].replies)).toEqual(replies.slice(2));
      expect(ids(roots[1].replies)).toEqual([other.id]);
      const newest = await pagesOf(as(stranger), `/posts/${id}/comments?sort=new`, limit);
      expect(ids(newest)).toEqual([b.id, a.id]);
      expect(ids(await pagesOf(as(stranger), `/comments/${a.id}/replies`, limit))).toEqual(replies);
    }
    const [listed] = await list(`posts/${id}`);
    expect((await as(stranger).get(`/comments/${a.id}`)).data).toEqual(listed);
    const one = (await as(stranger).get(`/comments/${replies[0]}`)).data;
    expect(one).toMatchObject({ id: replies[0], rootId: a.id, replyCount: 0, replies: [] });
    const { nextCursor } = (await as(ann).get(`/posts/${id}/comments?limit=1`)).data;
    expect(await as(ann).get(`/posts/${id}/comments?sort=new&cursor=${nextCursor}`)).toMatchObject({
      error: 'BAD_PARAMETER',
    });
  });
});

describe('editing', () => {
  it('is for the author, is marked, and tells only those newly named', async () => {
    const id = await post(ann);
    const { id: root } = await comment(ben, `posts/${id}`, `@${cat.nickname}`);
    await reply(cat, root);
    for (const user of [ann, cat, stranger])
      expect(await as(user).patch(`/comments/${root}`, { body: 'x' })).toMatchObject({
        status: 403,
        error: 'NO_PERMISSION',
      });
    t.clock.advance(1000);
    notices = [];
    const edited = await as(ben).patch(`/comments/${root}`, {
      body: `@${cat.nickname} @${stranger.nickname}`,
    });
    const editedAt = t.clock.now().toISOString();
    expect(edited).toMatchObject({
      status: 200,
      data: { replyCount: 1, replies: [{ rootId: root }], editedAt },
    });
    expect(receivers()).toEqual([{ mention: [stranger.id] }]);
    expect(await list(`posts/${id}`)).toEqual([edited.data]);
  });
});

describe('deleting', () => {
  it('leaves a tombstone while there are replies, and nothing without', async () => {
    const id = await post(ann);
    const { id: root } = await comment(ben, `posts/${id}`, 'secret');
    const { id: answer } = await reply(cat, root);
    expectStatus(200, await as(ben).delete(`/comments/${root}`));
    const [tombstone] = await list(`posts/${id}`);
    expect(tombstone).toMatchObject({
      id: root,
      deleted: true,
      author: null,
      body: '',
      html: '',
      replyCount: 1,
    });
    expect(tombstone.replies).toMatchObject([{ id: answer, deleted: false }]);
    expect((await as(ann).get(`/comments/${root}`)).data).toEqual(tombstone);
    expect(await commentCount(id)).toBe(1);
    for (const send of [
      as(ann).post(`/comments/${root}/replies`, { body: 'x' }),
      as(ben).patch(`/comments/${root}`, { body: 'x' }),
    ])
      expect(await send).toMatchObject({ status: 404, error: 'COMMENT_NOT_FOUND' });
    expect((await as(ann).get(`/comments/${root}/replies`)).data.items).toHaveLength(1);
    notices = [];
    const { id: late } = await reply(ann, answer);
    expect(receivers(), 'who has deleted his comment is told of no more').toEqual([
      { reply: [cat.id], mention: [], comment: [ann.id] },
    ]);
    for (const [user, each] of [
      [cat, answer],
      [ann, late],
    ] as const)
      expectStatus(200, await as(user).delete(`/comments/${each}`));
    expect(await list(`posts/${id}`)).toEqual([]);
    for (const gone of [`/comments/${root}`, `/comments/${root}/replies`, `/comments/${answer}`])
      expect(await as(ann).get(gone)).toMatchObject({ status: 404, error: 'COMMENT_NOT_FOUND' });
    expect(await commentCount(id)).toBe(0);
  });

  it('is for the author and those who run the group, counts once, and is written down', async () => {
    const id = await post(ann);
    const { id: root } = await comment(ben, `posts/${id}`);
    const { id: kept } = await comment(ben, `posts/${id}`);
    for (const user of [cat, stranger])
      expect(await as(user).delete(`/comments/${root}`)).toMatchObject({
        status: 403,
        error: 'NO_PERMISSION',
      });
    const all = Array.from({ length: 10 }, () => as(ann).delete(`/comments/${root}?reason=rude`));
    expect(tally(await Promise.all(all))).toEqual({ '200': 10 });
    expect(await as(ben).delete(`/comments/${root}`)).toMatchObject({
      status: 404,
      error: 'COMMENT_NOT_FOUND',
    });
    expect(await commentCount(id)).toBe(1);
    expect(await list(`posts/${id}`)).toMatchObject([{ id: kept }]);
    expect(await actsOn(t, 'comment', root)).toMatchObject([
      { action: 'comment.remove', actorId: ann.id, detail: { authorId: ben.id, reason: 'rude' } },
    ]);
  });

  it('goes with the post, and comes back with it', async () => {
    const id = await post(ann);
    const { id: root } = await comment(ben, `posts/${id}`);
    expectStatus(200, await as(ann).delete(`/posts/${id}`));
    for (const route of [`/comments/${root}/replies`, `/comments/${root}/likes`])
      expect(await as(ben).get(route)).toMatchObject({ status: 404, error: 'COMMENT_NOT_FOUND' });
    expect(await as(ben).delete(`/comments/${root}`)).toMatchObject({ status: 404 });
    expectStatus(200, await as(ann).post(`/posts/${id}/restore`));
    expect(await list(`posts/${id}`)).toMatchObject([{ id: root }]);
    expect(await numberOf(t, 'select comment_count from posts where id = ?', id)).toBe(1);
  });

  it('counts what is written and deleted at once', async () => {
    const id = await post(ann);
    const roots = await Promise.all(Array.from({ length: 8 }, () => comment(ben, `posts/${id}`)));
    await Promise.all(
      roots.flatMap((root) => [
        as(cat).post(`/comments/${root.id}/replies`, { body: 'x' }),
        as(ben).delete(`/comments/${root.id}`),
        as(ann).delete(`/comments/${root.id}`),
      ]),
    );
    const rows = await numberOf(
      t,
      "select count(*) from comments where target_type = 'post' and target_id = ? and state = 'visible'",
      id,
    );
    expect(await commentCount(id)).toBe(rows);
  });
});
