import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID, pagesOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
let stranger: TestUser;
const groups: Record<string, number> = {};
const posts: number[] = [];
/** Ann writes in turn in a public group, a private one and one of her own; Ben belongs to the first two. */
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat, stranger] = (await t.world.usersOf(4)) as [TestUser, TestUser, TestUser, TestUser];
  groups.open = (await t.world.group(ann, { members: [ben] })).id;
  groups.closed = (await t.world.group(ann, { visibility: 'private', members: [ben] })).id;
  groups.own = (await t.world.group(ann)).id;
  const places = [groups.open, groups.closed, groups.own];
  for (let n = 0; n < 9; n++) posts.push(await write(ann, places[n % 3]!));
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const write = async (user: TestUser, groupId: number): Promise<number> =>
  expectStatus(201, await as(user).post(`/groups/${groupId}/posts`, { title: 'x', body: 'x' })).data.id;
const idsOf = async (user: TestUser, url: string, limit = 100): Promise<number[]> =>
  (await pagesOf(as(user), url, limit)).map(({ id }) => id);
const indexesOf = async (user: TestUser, url: string, limit?: number) =>
  (await idsOf(user, url, limit)).map((id) => posts.indexOf(id));

it('needs a token, and refuses rubbish', async () => {
  await expectSignInNeeded(t.api, ['GET /feed', 'GET /users/1/posts']);
  await expectRubbishRefused(as(ben), [
    ['GET /feed?limit=0', 'limit'],
    ['GET /feed?cursor=WyJhIl0', 'cursor'],
    ['GET /feed?sort=hot', 'sort'],
    ['GET /users/you/posts', 'id'],
    [`GET /users/${ann.id}/posts?cursor=WzEsMl0`, 'cursor'],
  ]);
});

describe('the feed', () => {
  it('has the posts of my groups, newest first, page by page', async () => {
    for (const limit of [1, 2, 4, 100]) {
      expect(await indexesOf(ann, '/feed', limit)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
      expect(await indexesOf(ben, '/feed', limit)).toEqual([7, 6, 4, 3, 1, 0]);
    }
    expect(await idsOf(stranger, '/feed')).toEqual([]);
    const [first] = (await as(ben).get('/feed?limit=1')).data.items;
    expect(first).toMatchObject({ groupId: groups.closed, groupName: 'Every day', author: { id: ann.id } });
  });

  it('loses the posts of a group with the membership, of a dissolved group, and what is deleted', async () => {
    const left = (await t.world.group(ann, { members: [cat] })).id;
    const gone = (await t.world.group(ann, { members: [cat] })).id;
    const [a, b, c] = [await write(ann, left), await write(ann, gone), await write(cat, left)];
    expect(await idsOf(cat, '/feed')).toEqual([c, b, a]);
    expectStatus(200, await as(ann).delete(`/groups/${gone}`));
    expectStatus(200, await as(cat).delete(`/posts/${c}`));
    expect(await idsOf(cat, '/feed')).toEqual([a]);
    expect(await idsOf(cat, `/users/${ann.id}/posts`)).not.toContain(b);
    expectStatus(200, await as(cat).delete(`/groups/${left}/members/me`));
    expect(await idsOf(cat, '/feed')).toEqual([]);
  });

  it('works for one who belongs to more groups than a statement may have parts', async () => {
    const db = t.app.get(Database);
    const joiner = await t.world.user();
    const ids: number[] = [];
    const copyGroup = `insert into group_info (name, name_key, description, notice, category_id, join_policy, visibility,
      max_members, member_count, owner_id, created_at, updated_at) select name, name_key, description, notice, category_id,
      join_policy, visibility, max_members, 1, owner_id, created_at, updated_at from group_info where id = ?`;
    const copyMember = `insert into memberships (group_id, user_id, role, active, joined_at, stretch_from, streak_unit)
      select ?, ?, 'member', active, joined_at, stretch_from, streak_unit from memberships where group_id = ? and user_id = ?`;
    await db.transaction(async () => {
      for (let n = 0; n < 850; n++) {
        const { insertId } = await db.run(copyGroup, [groups.open!]);
        await db.run(copyMember, [insertId, joiner.id, groups.open!, ann.id]);
        ids.push(insertId);
      }
    });
    const copyPost = `insert into posts (group_id, author_id, title, body, html, html_version, excerpt, created_at, updated_at)
      select ?, author_id, title, body, html, html_version, excerpt, created_at, updated_at from posts where id = ?`;
    const made: number[] = [];
    for (const n of [0, 849, 420]) made.push((await db.run(copyPost, [ids[n]!, posts[0]!])).insertId);
    expect(await idsOf(joiner, '/feed', 2)).toEqual(made.reverse());
  });
});

describe('the posts of a person', () => {
  it('are those in groups that I may see', async () => {
    const url = `/users/${ann.id}/posts`;
    expect((await indexesOf(stranger, url)).filter((index) => index >= 0)).toEqual([8, 6, 5, 3, 2, 0]);
    for (const limit of [2, 100])
      expect((await indexesOf(ben, url, limit)).filter((index) => index >= 0)).toEqual([
        8, 7, 6, 5, 4, 3, 2, 1, 0,
      ]);
    expect((await indexesOf(ann, '/users/me/posts')).filter((index) => index >= 0)).toHaveLength(9);
  });

  it('need a person', async () => {
    expect(await as(ben).get(`/users/${NO_SUCH_ID}/posts`)).toMatchObject({
      status: 404,
      error: 'USER_NOT_FOUND',
    });
    expect(await idsOf(ben, `/users/${ben.id}/posts`)).toEqual([]);
  });
});

describe('check-ins as posts', () => {
  let group: number;
  const items = async () => (await as(stranger).get(`/groups/${group}/posts`)).data.items;
  const postCount = async () => (await as(ann).get(`/groups/${group}`)).data.postCount;
  beforeAll(async () => {
    ({ id: group } = await t.world.group(ann, { members: [ben, cat] }));
  });

  it('are a setting of the owner', async () => {
    await t.world.checkIn(group, ann, 'not a post');
    expect(await items()).toEqual([]);
    expect(await as(ben).patch(`/groups/${group}`, { checkInPosts: true })).toMatchObject({ status: 403 });
    const answer = await as(ann).patch(`/groups/${group}`, { checkInPosts: true });
    expect(answer.data).toMatchObject({ checkInPosts: true, checkInComments: true, postCount: 0 });
  });

  it('come with a note, and go with the check-in', async () => {
    await t.world.checkIn(group, cat);
    expect(await items()).toEqual([]);
    const note = `五公里，**28** 分钟，${'很'.repeat(40)}\n第二行`;
    const { checkIn } = await t.world.checkIn(group, ben, note);
    const [post] = await items();
    expect(post).toMatchObject({
      checkInId: checkIn.id,
      author: { id: ben.id },
      createdAt: checkIn.checkedAt,
    });
    expect([...post.title]).toHaveLength(40);
    expect((await as(cat).get(`/posts/${post.id}`)).data).toMatchObject({ body: note });
    expect(await postCount()).toBe(1);
    expectStatus(200, await as(ben).delete(`/groups/${group}/check-ins/${checkIn.id}`));
    expect(await items()).toEqual([]);
    expect(await postCount()).toBe(0);
    const again = await t.world.checkIn(group, ben, 'once more');
    expect(again.checkIn.id).toBe(checkIn.id);
    expect(await items()).toMatchObject([{ checkInId: checkIn.id, title: 'once more' }]);
    expect(await postCount()).toBe(1);
  });

  it('are not made up for', async () => {
    t.clock.advance(2 * 24 * 3_600_000);
    const body = { day: '2026-03-03', reason: 'on a plane' };
    expectStatus(201, await as(ben).post(`/groups/${group}/make-ups`, body));
    expect(await postCount()).toBe(1);
  });
});
