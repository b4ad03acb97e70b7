import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainEvents } from '../../src/common/events/domain-events.js';
import { LikeWithdrawn, Notice } from '../../src/common/events/notice.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
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
let stranger: TestUser;
/** Of Ben's, in a public group: what can be liked. */
const open: Record<string, number> = {};
/** Likewise in a private one. */
const closed: Record<string, number> = {};
let group: number;
let events: (Notice | LikeWithdrawn)[] = [];
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, stranger] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
  for (const [visibility, targets] of [
    ['public', open],
    ['private', closed],
  ] as const) {
    ({ id: group } = await t.world.group(ann, { visibility, members: [ben] }));
    targets.group = group;
    targets.posts = expectStatus(
      201,
      await as(ben).post(`/groups/${group}/posts`, { title: 'Title', body: 'x' }),
    ).data.id;
    targets.comments = expectStatus(
      201,
      await as(ben).post(`/posts/${targets.posts}/comments`, { body: 'words' }),
    ).data.id;
    targets['check-ins'] = (await t.world.checkIn(group, ben, 'done')).checkIn.id;
  }
  const listen = async (event: Notice | LikeWithdrawn) => void events.push(event);
  t.app.get(DomainEvents).on(Notice, listen);
  t.app.get(DomainEvents).on(LikeWithdrawn, listen);
});
beforeEach(() => {
  events = [];
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const KINDS = ['posts', 'comments', 'check-ins'] as const;
const NOT_FOUND = {
  posts: 'POST_NOT_FOUND',
  comments: 'COMMENT_NOT_FOUND',
  'check-ins': 'CHECK_IN_NOT_FOUND',
};
const PARAM = { posts: 'postId', comments: 'commentId', 'check-ins': 'checkInId' };
const TYPE = { posts: 'post', comments: 'comment', 'check-ins': 'checkIn' };

describe.each(KINDS)('likes of %s', (kind) => {
  const like = (user: TestUser, id = open[kind]) => as(user).put(`/${kind}/${id}/like`);
  const unlike = (user: TestUser, id = open[kind]) => as(user).delete(`/${kind}/${id}/like`);
  const likers = (user: TestUser, limit = 100) => pagesOf(as(user), `/${kind}/${open[kind]}/likes`, limit);

  it('need a token, an id and something that one may see', async () => {
    const routes = [`PUT /${kind}/1/like`, `DELETE /${kind}/1/like`, `GET /${kind}/1/likes`];
    await expectSignInNeeded(t.api, routes);
    await expectRubbishRefused(as(ann), [
      [`PUT /${kind}/x/like`, PARAM[kind]],
      [`DELETE /${kind}/0/like`, PARAM[kind]],
      [`GET /${kind}/${open[kind]}/likes?cursor=WyJhIl0`, 'cursor'],
    ]);
    for (const id of [closed[kind], NO_SUCH_ID])
      for (const answer of [
        await like(stranger, id),
        await unlike(stranger, id),
        await as(stranger).get(`/${kind}/${id}/likes`),
      ])
        expect(answer).toMatchObject({ status: 404, error: NOT_FOUND[kind] });
  });

  it('are counted once, told once, and taken back', async () => {
    for (let n = 0; n < 2; n++)
      expect(await like(stranger)).toMatchObject({ status: 200, data: { liked: true, likeCount: 1 } });
    expect(await like(ann)).toMatchObject({ data: { liked: true, likeCount: 2 } });
    expect((await likers(ben)).map(({ user }) => user.id)).toEqual([ann.id, stranger.id]);
    expect((await likers(ben, 1))[0]).toEqual({
      user: { id: ann.id, nickname: ann.nickname, avatarUrl: null },
      likedAt: t.clock.now().toISOString(),
    });
    for (let n = 0; n < 2; n++)
      expect(await unlike(ann)).toMatchObject({ status: 200, data: { liked: false, likeCount: 1 } });
    const target = { type: TYPE[kind], id: open[kind] };
    expect(events).toMatchObject([
      { actorId: stranger.id, target, groupId: open.group, receivers: [{ type: 'like', userIds: [ben.id] }] },
      { actorId: ann.id, target },
      { actorId: ann.id, target },
    ]);
    expect(events[2]).toBeInstanceOf(LikeWithdrawn);
    expectStatus(200, await unlike(stranger));
  });

  it('are not for what is one’s own', async () => {
    expect(await like(ben)).toMatchObject({ status: 403, error: 'OWN_LIKE' });
    expect(await unlike(ben)).toMatchObject({ status: 200, data: { liked: false, likeCount: 0 } });
  });

  it('are as many as their rows after 100 of them and their withdrawals at once', async () => {
    const users = await t.world.usersOf(20);
    const all = Array.from({ length: 100 }, (_, n) => (n % 3 === 2 ? unlike : like)(users[(n * 7) % 20]!));
    expect(tally(await Promise.all(all))).toEqual({ '200': 100 });
    const type = TYPE[kind];
    const rows = await numberOf(
      t,
      'select count(*) from likes where target_type = ? and target_id = ?',
      type,
      open[kind]!,
    );
    const table = kind.replace('-', '_');
    expect(await numberOf(t, `select like_count from ${table} where id = ?`, open[kind]!)).toBe(rows);
    expect(rows).toBeGreaterThan(0);
    expect(events.length).toBeGreaterThan(0);
  });
});

it('are shown with what is liked', async () => {
  expectStatus(200, await as(ann).put(`/check-ins/${open['check-ins']}/like`));
  const likeCount = await numberOf(t, 'select like_count from check_ins where id = ?', open['check-ins']!);
  for (const [user, liked] of [
    [ann, true],
    [ben, false],
  ] as const) {
    const { items } = (await as(user).get(`/groups/${open.group}/check-ins`)).data;
    expect(items[0]).toMatchObject({ liked, likeCount });
    const board = (await as(user).get(`/groups/${open.group}/days/2026-03-02`)).data;
    expect(board.items[0].checkIn).toMatchObject({ liked, likeCount });
  }
});

it('of a post keep its hot score what its likes and comments make it', async () => {
  const sql =
    'select hot_score - round(1000 * log2(1 + like_count + 2 * comment_count)) from posts where id = ?';
  const fresh = expectStatus(
    201,
    await as(ben).post(`/groups/${open.group}/posts`, { title: 'x', body: 'x' }),
  ).data.id;
  expect(await numberOf(t, sql, open.posts!)).toBe(await numberOf(t, sql, fresh));
});
