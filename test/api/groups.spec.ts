import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben] = (await t.world.usersOf(2)) as [TestUser, TestUser];
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const DAY_MS = 86_400_000;
const RULE = { timeZone: 'Asia/Shanghai' };
const as = (user: TestUser) => t.api.as(user);
const namesOf = (items: { name: string }[]) => items.map((item) => item.name);
const discover = async (query: string) => namesOf((await as(ben).get(`/groups?${query}`)).data.items);

// Every test that looks at lists has a category of its own.
const CATEGORY = { search: 2, sort: 3, paging: 4, hidden: 5, dissolved: 6 };

it('needs a token for every route but the categories', async () => {
  const routes = ['POST /groups', 'GET /groups', 'GET /me/groups', 'GET /users/1/groups'];
  await expectSignInNeeded(t.api, [...routes, 'GET /groups/1', 'PATCH /groups/1', 'DELETE /groups/1']);
});

it('refuses rubbish and names the field', async () => {
  const group = await t.world.group(ann);
  const valid = { name: 'A', categoryId: 1, rule: RULE };
  const bodies = (route: string): [string, string, unknown][] => [
    [route, 'name', { ...valid, name: ' \u200b ' }],
    [route, 'name', { ...valid, name: 'x'.repeat(41) }],
    [route, 'name', { ...valid, name: 'a\0b' }],
    [route, 'description', { ...valid, description: 'x'.repeat(501) }],
    [route, 'categoryId', { ...valid, categoryId: '1' }],
    [route, 'joinPolicy', { ...valid, joinPolicy: 'OPEN' }],
    [route, 'visibility', { ...valid, visibility: null }],
    [route, 'maxMembers', { ...valid, maxMembers: 0 }],
    [route, 'maxMembers', { ...valid, maxMembers: 1.5 }],
    [route, 'memberCount', { ...valid, memberCount: 5 }],
    [route, 'rule.timeZone', { ...valid, rule: { timeZone: 'Mars/Olympus' } }],
    [route, 'rule.dayStartHour', { ...valid, rule: { ...RULE, dayStartHour: 7 } }],
    [route, 'rule.weekdays', { ...valid, rule: { ...RULE, schedule: 'weekdays', weekdays: [1, 8] } }],
    [route, 'rule.weekdays', { ...valid, rule: { ...RULE, schedule: 'weekdays' } }],
    [route, 'rule.weekdays', { ...valid, rule: { ...RULE, weekdays: [1] } }],
    [route, 'rule.timesPerWeek', { ...valid, rule: { ...RULE, schedule: 'perWeek' } }],
    [route, 'rule.timesPerWeek', { ...valid, rule: { ...RULE, timesPerWeek: 3 } }],
  ];
  await expectRubbishRefused(as(ann), [
    ...bodies('POST /groups'),
    ...bodies(`PATCH /groups/${group.id}`),
    ['POST /groups', 'name', {}],
    ['POST /groups', 'rule', { name: 'A', categoryId: 1 }],
    ['POST /groups', 'rule.timeZone', { ...valid, rule: {} }],
    ['GET /groups?sort=old', 'sort'],
    ['GET /groups?categoryId=1e3', 'categoryId'],
    ['GET /groups?limit=101', 'limit'],
    ['GET /groups?cursor=*', 'cursor'],
    ['GET /groups?cursor=WzFd', 'cursor'],
    [`GET /groups?q=${'x'.repeat(41)}`, 'q'],
    ['GET /groups?page=2', 'page'],
    ['GET /me/groups?limit=0', 'limit'],
    ['GET /users/1/groups?limit=0', 'limit'],
    ['GET /users/1/groups?cursor=WzEsMl0', 'cursor'],
    ['GET /users/me/groups', 'id'],
    ['GET /groups/1e3', 'groupId'],
    ['PATCH /groups/-1', 'groupId'],
    ['DELETE /groups/99999999999999999999', 'groupId'],
  ]);
  expect((await as(ann).get(`/groups/${group.id}`)).data).toMatchObject({
    name: 'Every day',
    nextRule: null,
  });
});

it('names the categories in the language of the request', async () => {
  const first = async (language: string) =>
    (await t.api.with({ 'accept-language': language }).get('/group-categories')).data[0];
  expect(await first('en')).toEqual({ id: 1, slug: 'reading', name: 'Reading' });
  expect(await first('zh-CN')).toEqual({ id: 1, slug: 'reading', name: '阅读' });
});

it('lets anybody keep the categories for a while and ask again by their ETag', async () => {
  const first = await t.app.inject({ url: '/api/v1/group-categories' });
  expect(first.headers).toMatchObject({ 'cache-control': 'public, max-age=300', vary: 'accept-language' });
  const headers = { 'if-none-match': first.headers.etag as string };
  expect(await t.app.inject({ url: '/api/v1/group-categories', headers })).toMatchObject({
    statusCode: 304,
    body: '',
  });
});

it('founds a group whose founder is its owner and only member', async () => {
  const body = { name: ' 每天早起 ', categoryId: 7, rule: RULE };
  const { status, data } = await as(ann).post('/groups', body);
  expect(status).toBe(201);
  expect(data).toMatchObject({
    name: '每天早起',
    joinPolicy: 'open',
    visibility: 'public',
    maxMembers: 500,
    memberCount: 1,
    ownerId: ann.id,
    myRole: 'owner',
    createdAt: START,
    today: '2026-03-02',
    dayEndsAt: '2026-03-02T16:00:00.000Z',
    applicationPending: false,
    myApplicationId: null,
    myBan: null,
    myMutedUntil: null,
    myToday: {
      state: 'PENDING',
      checkInId: null,
      streak: { length: 0, unit: 'day', from: null, to: null, atRisk: false },
    },
    nextRule: null,
    rule: { effectiveFrom: '2026-03-02', schedule: 'daily', weekdays: [], timesPerWeek: null },
  });
  expect((await as(ben).get(`/groups/${data.id}`)).data).toEqual({
    ...data,
    myRole: null,
    myToday: null,
  });
});

it('keeps private groups from being open, on founding and on change', async () => {
  const valid = { name: 'A', categoryId: 1, visibility: 'private', rule: RULE };
  expect((await as(ann).post('/groups', valid)).data).toMatchObject({ joinPolicy: 'invite' });
  const open = await t.world.group(ann, { joinPolicy: 'approval' });
  const closed = await t.world.group(ann, { visibility: 'private', joinPolicy: 'closed' });
  await expectRubbishRefused(as(ann), [
    ['POST /groups', 'joinPolicy', { ...valid, joinPolicy: 'open' }],
    [`PATCH /groups/${open.id}`, 'joinPolicy', { visibility: 'private' }],
    [`PATCH /groups/${closed.id}`, 'joinPolicy', { joinPolicy: 'approval' }],
  ]);
});

it('refuses a category that does not exist', async () => {
  const group = await t.world.group(ann);
  const unknown = { status: 400, error: 'CATEGORY_NOT_FOUND' };
  const body = { name: 'A', categoryId: 999, rule: RULE };
  expect(await as(ann).post('/groups', body)).toMatchObject(unknown);
  expect(await as(ann).patch(`/groups/${group.id}`, { categoryId: 999 })).toMatchObject(unknown);
});

describe('discovering', () => {
  it('sorts by age, by what is going on, and by members', async () => {
    const { sort: categoryId } = CATEGORY;
    const quiet = await t.world.group(ann, { name: 'quiet', categoryId });
    const busy = await t.world.group(ann, { name: 'busy', categoryId });
    await t.world.group(ann, { name: 'fresh', categoryId });
    await as(ben).post(`/groups/${quiet.id}/members`);
    await t.world.checkIn(busy.id, ann);
    expect(await discover(`categoryId=${categoryId}`)).toEqual(['fresh', 'busy', 'quiet']);
    expect(await discover(`categoryId=${categoryId}&sort=new`)).toEqual(['fresh', 'busy', 'quiet']);
    expect(await discover(`categoryId=${categoryId}&sort=hot`)).toEqual(['busy', 'fresh', 'quiet']);
    expect(await discover(`categoryId=${categoryId}&sort=members`)).toEqual(['quiet', 'fresh', 'busy']);
    expect(await discover('categoryId=999')).toEqual([]);
    const { data } = await as(ben).get(`/groups?categoryId=${categoryId}&sort=members&limit=1`);
    expect(data.items[0]).toMatchObject({ myRole: 'member', memberCount: 2 });
  });

  it('finds part of a name whatever its width and case, and takes % and _ literally', async () => {
    const { search: categoryId } = CATEGORY;
    for (const name of ['ＲＵＮ every day', '100% done', 'snake_case', '跑步打卡', 'a\\b'])
      await t.world.group(ann, { name, categoryId });
    const find = (q: string) => discover(`categoryId=${categoryId}&q=${encodeURIComponent(q)}`);
    expect(await find('run')).toEqual(['ＲＵＮ every day']);
    expect(await find('ｒＵｎ  EVERY')).toEqual(['ＲＵＮ every day']);
    expect(await find('%')).toEqual(['100% done']);
    expect(await find('０％')).toEqual(['100% done']);
    expect(await find('_')).toEqual(['snake_case']);
    expect(await find('\\')).toEqual(['a\\b']);
    expect(await find('打卡')).toEqual(['跑步打卡']);
    expect(await find('s%e')).toEqual([]);
  });

  it.each(['new', 'hot', 'members'])(
    'pages by %s without doubles or gaps while groups are founded',
    async (sort) => {
      const { paging: categoryId } = CATEGORY;
      const found = (name: string) => t.world.group(ann, { name, categoryId });
      for (let i = 0; i < 5; i++) await found(`${sort} ${i}`);
      const before = await discover(`categoryId=${categoryId}&sort=${sort}&limit=100`);
      const url = `/groups?categoryId=${categoryId}&sort=${sort}`;
      const paged = namesOf(await pagesOf(as(ben), url, 2, (page) => found(`${sort} later ${page}`)));
      expect(new Set(paged).size).toBe(paged.length);
      expect(paged.filter((name) => !name.startsWith(`${sort} later`))).toEqual(before);
    },
  );

  it('refuses the cursor of another order', async () => {
    await t.world.group(ann);
    await t.world.group(ann);
    const { data } = await as(ben).get('/groups?sort=new&limit=1');
    await expectRubbishRefused(as(ben), [
      [`GET /groups?sort=hot&cursor=${data.nextCursor}`, 'cursor'],
      [`GET /me/groups?cursor=${data.nextCursor}`, 'cursor'],
    ]);
  });

  it('never shows a private group, not even to its members', async () => {
    const settings = { name: 'Secret', categoryId: CATEGORY.hidden, visibility: 'private', members: [ben] };
    const group = await t.world.group(ann, settings);
    expect(await discover(`categoryId=${CATEGORY.hidden}`)).toEqual([]);
    expect(await discover('q=secret')).toEqual([]);
    expect((await as(ben).get(`/groups/${group.id}`)).data).toMatchObject({ myRole: 'member' });
  });
});

it('lists my groups, longest membership first, page by page', async () => {
  const cat = await t.world.user();
  const groups = [];
  for (let i = 0; i < 5; i++) groups.push(await t.world.group(ann, { name: `mine ${i}`, members: [cat] }));
  await as(cat).delete(`/groups/${groups[1].id}/members/me`);
  await as(ann).delete(`/groups/${groups[3].id}`);
  const mine = await pagesOf(as(cat), '/me/groups', 2);
  expect(namesOf(mine)).toEqual(['mine 0', 'mine 2', 'mine 4']);
  expect(mine[0]).toMatchObject({ myRole: 'member', memberCount: 2 });
});

describe('the groups of another', () => {
  it('are listed as far as both may see them, latest membership first, with my own role', async () => {
    const [cat, dan] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const found = (name: string, members: TestUser[], settings = {}) =>
      t.world.group(ann, { name, members, ...settings });
    const hidden = { visibility: 'private' };
    await found('theirs', [cat]);
    await found('shared', [cat, dan]);
    await found('hidden', [cat], hidden);
    await found('hidden from none of us', [cat, dan], hidden);
    const left = await found('left', [cat]);
    const gone = await found('gone', [cat]);
    await found('without her', [dan]);
    expectStatus(200, await as(cat).delete(`/groups/${left.id}/members/me`));
    expectStatus(200, await as(ann).delete(`/groups/${gone.id}`));
    const listed = (reader: TestUser, of = cat) => pagesOf(as(reader), `/users/${of.id}/groups`, 1);
    const seen = await listed(dan);
    expect(namesOf(seen)).toEqual(['hidden from none of us', 'shared', 'theirs']);
    expect(seen.map(({ myRole }) => myRole)).toEqual(['member', 'member', null]);
    expect(namesOf(await listed(ben))).toEqual(['shared', 'theirs']);
    const all = ['hidden from none of us', 'hidden', 'shared', 'theirs'];
    const own = await listed(cat);
    expect(namesOf(own)).toEqual(all);
    expect(own[0]).toEqual((await as(cat).get('/me/groups?limit=100')).data.items.at(-1));
    expect(namesOf(await listed(await t.world.user({ role: 'moderator' })))).toEqual(all);
  });

  it('are none for one who is in none, and nothing for one who is nobody', async () => {
    const nobody = await t.world.user();
    const list = (id: number) => as(ben).get(`/users/${id}/groups`);
    expect((await list(nobody.id)).data).toEqual({ items: [], nextCursor: null });
    expect(await list(NO_SUCH_ID)).toMatchObject({ status: 404, error: 'USER_NOT_FOUND' });
  });
});

describe('changing', () => {
  it('lets admins change texts and the owner everything', async () => {
    const group = await t.world.group(ann, { members: [ben] });
    const url = `/groups/${group.id}`;
    const texts = { name: 'New', description: 'Two\nlines', notice: 'Soon' };
    const forbidden = { status: 403, error: 'NO_PERMISSION' };
    expect(await as(ben).patch(url, texts)).toMatchObject(forbidden);
    await as(ann).patch(`${url}/members/${ben.id}`, { role: 'admin' });
    expect((await as(ben).patch(url, texts)).data).toMatchObject({ ...texts, myRole: 'admin' });
    for (const setting of [{ maxMembers: 9 }, { joinPolicy: 'closed' }, { categoryId: 2 }, { rule: {} }])
      expect(await as(ben).patch(url, { ...texts, ...setting })).toMatchObject(forbidden);
    const all = { categoryId: 2, joinPolicy: 'closed', visibility: 'private', maxMembers: 9 };
    expect((await as(ann).patch(url, all)).data).toMatchObject({ ...texts, ...all, memberCount: 2 });
    expect(await as(ann).patch(`/groups/${NO_SUCH_ID}`, texts)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });

  it('finds a group by its new name only', async () => {
    const group = await t.world.group(ann, { name: 'Larkspur' });
    await as(ann).patch(`/groups/${group.id}`, { name: 'Foxglove' });
    expect(await discover('q=larkspur')).toEqual([]);
    expect(await discover('q=foxglove')).toEqual(['Foxglove']);
  });

  it('never has fewer places than members', async () => {
    const group = await t.world.group(ann, { members: [ben] });
    const url = `/groups/${group.id}`;
    const refused = await as(ann).patch(url, { name: 'Smaller', maxMembers: 1 });
    expect(refused).toMatchObject({ status: 409, error: 'CAPACITY_BELOW_MEMBERS' });
    expect(refused.msg).toContain('2');
    expect((await as(ann).get(url)).data).toMatchObject({ name: 'Every day', maxMembers: 500 });
    expect((await as(ann).patch(url, { maxMembers: 2 })).data).toMatchObject({ maxMembers: 2 });
  });

  it('lets a new rule hold from tomorrow, times per week from Monday', async () => {
    const group = await t.world.group(ann);
    const url = `/groups/${group.id}`;
    const change = async (rule: object) => (await as(ann).patch(url, { rule })).data;
    expect((await change({ minNoteLength: 0 })).nextRule).toBeNull();
    expect(await change({ minNoteLength: 5 })).toMatchObject({
      rule: { effectiveFrom: '2026-03-02', minNoteLength: 0 },
      nextRule: { effectiveFrom: '2026-03-03', minNoteLength: 5 },
    });
    // The later decision takes the earlier one's place and keeps what it does not name.
    expect((await change({ dayStartHour: 3 })).nextRule).toMatchObject({
      effectiveFrom: '2026-03-03',
      minNoteLength: 5,
      dayStartHour: 3,
    });
    expect((await change({ schedule: 'perWeek', timesPerWeek: 3 })).nextRule).toMatchObject({
      effectiveFrom: '2026-03-03',
    });
    t.clock.advance(DAY_MS);
    expect((await as(ben).get(url)).data).toMatchObject({
      rule: { effectiveFrom: '2026-03-03', minNoteLength: 5, dayStartHour: 3, schedule: 'daily' },
      nextRule: { effectiveFrom: '2026-03-09', schedule: 'perWeek', timesPerWeek: 3 },
    });
    t.clock.advance(6 * DAY_MS);
    expect((await as(ben).get(url)).data).toMatchObject({
      today: '2026-03-09',
      rule: { schedule: 'perWeek', timesPerWeek: 3, weekdays: [] },
      nextRule: null,
    });
  });
});

it('takes a planned rule back when it is changed to what holds today', async () => {
  const group = await t.world.group(ann);
  const url = `/groups/${group.id}`;
  const change = async (rule: object) => (await as(ann).patch(url, { rule })).data;
  expect((await change({ schedule: 'perWeek', timesPerWeek: 3 })).nextRule).toMatchObject({
    timesPerWeek: 3,
  });
  expect(await change({ schedule: 'daily' })).toMatchObject({ nextRule: null, rule: { schedule: 'daily' } });
  t.clock.advance(14 * DAY_MS);
  expect((await as(ben).get(url)).data.rule).toMatchObject({
    effectiveFrom: '2026-03-02',
    schedule: 'daily',
  });
});

describe('dissolving', () => {
  it('is for the owner', async () => {
    const group = await t.world.group(ann, { members: [ben] });
    const url = `/groups/${group.id}`;
    await as(ann).patch(`${url}/members/${ben.id}`, { role: 'admin' });
    expect(await as(ben).delete(url)).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    expect(await as(ann).delete(`/groups/${NO_SUCH_ID}`)).toMatchObject({ status: 404 });
  });

  it('leaves nothing of the group to be seen by anybody', async () => {
    const { dissolved: categoryId } = CATEGORY;
    const group = await t.world.group(ann, { name: 'Bubble', categoryId, members: [ben] });
    const url = `/groups/${group.id}`;
    const { token } = (await as(ann).post(`${url}/invites`)).data;
    const answer = await as(ann).delete(url);
    expect(answer).toMatchObject({ status: 200, data: null });
    const moderator = await t.world.user({ role: 'moderator' });
    for (const user of [ann, ben, moderator])
      for (const path of ['', '/members', '/stats', '/check-ins'])
        expect(await as(user).get(url + path)).toMatchObject({ status: 404, error: 'GROUP_NOT_FOUND' });
    expect(await as(ann).delete(url)).toMatchObject({ status: 404, error: 'GROUP_NOT_FOUND' });
    expect(await as(ben).post(`/invites/${token}/accept`)).toMatchObject({ error: 'INVITE_NOT_FOUND' });
    expect(await discover(`categoryId=${categoryId}`)).toEqual([]);
    for (const list of ['/me/groups', '/me/today'])
      expect(JSON.stringify((await as(ben).get(list)).data)).not.toContain('Bubble');
    expect((await actsOn(t, 'group', group.id)).at(-1)).toEqual({
      action: 'group.dissolve',
      actorId: ann.id,
      requestId: answer.headers['x-request-id'],
      detail: { name: 'Bubble' },
    });
  });
});

describe('Idempotency-Key', () => {
  const body = { name: 'Once', categoryId: 1, rule: RULE };
  const owned = (user: TestUser) =>
    numberOf(t, 'select count(*) from group_info where owner_id = ?', user.id);
  const withKey = (user: TestUser, key: string) => as(user).with({ 'idempotency-key': key });

  it('founds one group however often the request comes', async () => {
    const cat = await t.world.user();
    const first = await withKey(cat, 'k1').post('/groups', body);
    const again = await withKey(cat, 'k1').post('/groups', body);
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => withKey(cat, 'k2').post('/groups', body)),
    );
    expect(tally(answers)).toEqual({ '201': 8 });
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(await owned(cat)).toBe(2);
  });

  it('is one user’s, for one request', async () => {
    const [cat, dan] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const first = await withKey(cat, 'k').post('/groups', body);
    const other = { status: 422, error: 'IDEMPOTENCY_KEY_REUSED' };
    expect(await withKey(cat, 'k').post('/groups', { ...body, name: 'Twice' })).toMatchObject(other);
    expect(await withKey(cat, 'k').post(`/groups/${first.data.id}/invites`)).toMatchObject(other);
    expect((await withKey(dan, 'k').post('/groups', body)).data.id).not.toBe(first.data.id);
    expect(await owned(cat)).toBe(1);
  });

  it('does not keep failures, and has to be readable', async () => {
    const cat = await t.world.user();
    expect(await withKey(cat, 'f').post('/groups', { ...body, categoryId: 999 })).toMatchObject({
      status: 400,
    });
    expect(await withKey(cat, 'f').post('/groups', body)).toMatchObject({ status: 201 });
    await expectRubbishRefused(withKey(cat, 'x'.repeat(256)), [['POST /groups', 'Idempotency-Key', body]]);
  });
});
