import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { CommunityRecountService } from '../../src/modules/community/index.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectStatus } from '../support/world.js';

let t: TestApp;
let db: Database;
let recounts: CommunityRecountService;

/** Posts, comments, replies, likes and a check-in, some of them deleted. */
beforeAll(async () => {
  t = await createTestApp();
  db = t.app.get(Database);
  recounts = t.app.get(CommunityRecountService, { strict: false });
  const [ann, ben] = await t.world.usersOf(2);
  const [a, b] = [t.api.as(ann!), t.api.as(ben!)];
  const group = (await t.world.group(ann!, { members: [ben!] })).id;
  const make = async (api: typeof a, url: string, body: object): Promise<number> =>
    expectStatus(201, await api.post(url, body)).data.id;
  const post = await make(a, `/groups/${group}/posts`, { title: 'x', body: 'x' });
  const gone = await make(a, `/groups/${group}/posts`, { title: 'x', body: 'x' });
  const { checkIn } = await t.world.checkIn(group, ann!, 'done');
  for (const url of [`/posts/${post}`, `/check-ins/${checkIn.id}`]) {
    const root = await make(a, `${url}/comments`, { body: 'x' });
    const reply = await make(a, `/comments/${root}/replies`, { body: 'x' });
    await make(b, `/comments/${root}/replies`, { body: 'x' });
    expectStatus(200, await a.delete(`/comments/${reply}`));
    for (const liked of [url, `/comments/${root}`]) expectStatus(200, await b.put(`${liked}/like`));
  }
  expectStatus(200, await a.delete(`/posts/${gone}`));
});
afterAll(() => t.close());

const summary = async (fix: boolean) => {
  const found: string[] = [];
  const tables = await recounts.recount({ fix, onDrift: (what) => found.push(what) });
  return { found, tables };
};

it('finds nothing wrong with what the application has written, and looks at all of it', async () => {
  const { found, tables } = await summary(false);
  expect(found).toEqual([]);
  expect(tables.map(({ table, checked }) => [table, checked])).toEqual([
    ['group_info', 1],
    ['posts', 2],
    ['comments', 6],
    ['check_ins', 1],
  ]);
});

it.each<[what: string, sql: string, found: RegExp]>([
  ['the posts of a group', 'update group_info set post_count = 9', /group_info id 1: post_count 9, not 1/],
  [
    'the comments of a post',
    'update posts set comment_count = 3 where id = 1',
    /posts id 1: comment_count 3, not 2/,
  ],
  [
    'the likes of a post',
    'update posts set like_count = -1 where id = 1',
    /posts id 1: like_count -1, not 1/,
  ],
  [
    'the score of a post',
    'update posts set hot_score = hot_score + 2 where id = 1',
    /posts id 1: hot_score \d+, not \d+/,
  ],
  [
    'the replies of a comment',
    'update comments set reply_count = 2 where id = 1',
    /comments id 1: reply_count 2, not 1/,
  ],
  [
    'the likes of a comment',
    'update comments set like_count = 0 where id = 1',
    /comments id 1: like_count 0, not 1/,
  ],
  [
    'the comments of a check-in',
    'update check_ins set comment_count = 5',
    /check_ins id 1: comment_count 5, not 2/,
  ],
  ['the likes of a check-in', 'update check_ins set like_count = 5', /check_ins id 1: like_count 5, not 1/],
  [
    'a like that is gone',
    "delete from likes where target_type = 'checkIn'",
    /check_ins id 1: like_count 1, not 0/,
  ],
])('finds %s that has drifted, and repairs it', async (_what, sql, message) => {
  await db.run(sql);
  const { found } = await summary(false);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(message);
  expect((await summary(false)).found, 'without --fix nothing is changed').toEqual(found);
  const { tables } = await summary(true);
  expect(tables.reduce((sum, { drift, fixed }) => sum + drift + fixed, 0)).toBe(2);
  expect((await summary(false)).found).toEqual([]);
});
