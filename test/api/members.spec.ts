import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
import type { TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const as = (user: TestUser) => t.api.as(user);
const join = (groupId: number, user: TestUser) => as(user).post(`/groups/${groupId}/members`);
const leave = (groupId: number, user: TestUser) => as(user).delete(`/groups/${groupId}/members/me`);
const inHours = (hours: number) => new Date(t.clock.now().getTime() + hours * HOUR_MS).toISOString();
const memberOf = async (groupId: number, user: TestUser) =>
  (await as(ann).get(`/groups/${groupId}/members?q=${user.nickname}`)).data.items.find(
    (item: { user: { id: number } }) => item.user.id === user.id,
  );

/** The group's counter and its rows, which must say the same. */
async function membersOf(groupId: number): Promise<number> {
  const counter = await numberOf(t, 'select member_count from group_info where id = ?', groupId);
  const rows = await numberOf(
    t,
    'select count(*) from memberships where group_id = ? and active = 1',
    groupId,
  );
  expect(rows).toBe(counter);
  return counter;
}

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'POST /groups/1/members',
    'GET /groups/1/members',
    'DELETE /groups/1/members/me',
    'PATCH /groups/1/members/1',
    'DELETE /groups/1/members/1',
    'GET /groups/1/bans',
    'DELETE /groups/1/bans/1',
    'POST /groups/1/owner',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const { id } = await t.world.group(ann, { members: [ben] });
  const member = `/groups/${id}/members/${ben.id}`;
  await expectRubbishRefused(as(ann), [
    ['POST /groups/0/members', 'groupId'],
    [`POST /groups/${id}/members`, 'reason', { reason: 'x'.repeat(201) }],
    [`POST /groups/${id}/members`, 'userId', { userId: 1 }],
    [`GET /groups/${id}/members?q=%20`, 'q'],
    [`GET /groups/${id}/members?limit=x`, 'limit'],
    [`GET /groups/${id}/members?cursor=WyJhIl0`, 'cursor'],
    ['DELETE /groups/x/members/me', 'groupId'],
    [`PATCH /groups/${id}/members/me`, 'userId', {}],
    [`PATCH ${member}`, 'role', { role: 'owner' }],
    [`PATCH ${member}`, 'mutedUntil', { mutedUntil: '2026-03-03' }],
    [`PATCH ${member}`, 'muteReason', { muteReason: '' }],
    [`DELETE /groups/${id}/members/1e3`, 'userId'],
    [`DELETE ${member}?ban=yes`, 'ban'],
    [`DELETE ${member}?ban=true&until=tomorrow`, 'until'],
    [`DELETE ${member}?ban=true&until=2026-03-02T03:59:59.000Z`, 'until'],
    [`DELETE ${member}?until=2027-01-01T00:00:00.000Z`, 'until'],
    [`DELETE ${member}?reason=${'x'.repeat(201)}`, 'reason'],
    [`GET /groups/${id}/bans?cursor=x`, 'cursor'],
    [`DELETE /groups/${id}/bans/-1`, 'userId'],
    [`POST /groups/${id}/owner`, 'userId', { userId: String(ben.id) }],
    [`POST /groups/${id}/owner`, 'userId', {}],
  ]);
  expect(await memberOf(id, ben)).toMatchObject({ role: 'member', mutedUntil: null });
});

it('answers for a group that does not exist', async () => {
  const url = `/groups/${NO_SUCH_ID}`;
  const api = as(ann);
  for (const answer of [
    await api.post(`${url}/members`),
    await api.get(`${url}/members`),
    await api.delete(`${url}/members/me`),
    await api.patch(`${url}/members/1`),
    await api.delete(`${url}/members/1`),
    await api.get(`${url}/bans`),
    await api.delete(`${url}/bans/1`),
    await api.post(`${url}/owner`, { userId: 1 }),
  ])
    expect(answer).toMatchObject({ status: 404, code: 30101, error: 'GROUP_NOT_FOUND' });
});

describe('joining', () => {
  it('an open group takes effect at once, and once', async () => {
    const { id } = await t.world.group(ann);
    expect(await join(id, ben)).toMatchObject({
      status: 201,
      data: { status: 'active', groupId: id, applicationId: null },
    });
    expect(await join(id, ben)).toMatchObject({ status: 409, error: 'ALREADY_MEMBER' });
    expect(await membersOf(id)).toBe(2);
  });

  it.each([
    ['closed', 'GROUP_CLOSED'],
    ['invite', 'INVITE_ONLY'],
  ])('a group that is %s is refused', async (joinPolicy, error) => {
    const { id } = await t.world.group(ann, { joinPolicy });
    expect(await join(id, ben)).toMatchObject({ status: 403, error });
    expect(await join(id, ann)).toMatchObject({ status: 409, error: 'ALREADY_MEMBER' });
  });

  it('a full group is refused, but its members are told that they are members', async () => {
    const { id } = await t.world.group(ann, { maxMembers: 2, members: [ben] });
    expect(await join(id, cat)).toMatchObject({ status: 409, error: 'GROUP_FULL' });
    expect(await join(id, ben)).toMatchObject({ status: 409, error: 'ALREADY_MEMBER' });
    await leave(id, ben);
    expect(await join(id, cat)).toMatchObject({ status: 201 });
    expect(await membersOf(id)).toBe(2);
  });

  it('lets 200 at once into a group of ten: ten are in', async () => {
    const { id } = await t.world.group(ann, { maxMembers: 10 });
    const users = await t.world.usersOf(200);
    const answers = await Promise.all(users.map((user) => join(id, user)));
    expect(tally(answers)).toEqual({ '201': 9, '409 GROUP_FULL': 191 });
    expect(await membersOf(id)).toBe(10);
    expect(await pagesOf(as(ann), `/groups/${id}/members`, 3)).toHaveLength(10);
  });

  it('counts one person once, however often he clicks', async () => {
    const { id } = await t.world.group(ann);
    const clicks = () => Promise.all(Array.from({ length: 20 }, () => join(id, ben)));
    expect(tally(await clicks())).toEqual({ '201': 1, '409 ALREADY_MEMBER': 19 });
    await leave(id, ben);
    expect(tally(await clicks())).toEqual({ '201': 1, '409 ALREADY_MEMBER': 19 });
    expect(await membersOf(id)).toBe(2);
  });

  it('answers a repeat with the same Idempotency-Key as it answered the first time', async () => {
    const { id } = await t.world.group(ann);
    const api = as(ben).with({ 'idempotency-key': 'join' });
    const first = await api.post(`/groups/${id}/members`);
    const again = await api.post(`/groups/${id}/members`);
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await membersOf(id)).toBe(2);
  });
});

describe('leaving', () => {
  it('is for members, but not for the owner', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    expect(await leave(id, cat)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    expect(await leave(id, ann)).toMatchObject({ status: 409, error: 'OWNER_CANNOT_LEAVE' });
    expect(await leave(id, ben)).toMatchObject({ status: 200, data: null });
    expect(await leave(id, ben)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    expect(await membersOf(id)).toBe(1);
  });

  it('counts once, however often one clicks', async () => {
    const { id } = await t.world.group(ann, { members: [ben, cat] });
    const answers = await Promise.all(Array.from({ length: 10 }, () => leave(id, ben)));
    expect(tally(answers)).toEqual({ '200': 1, '403 NOT_MEMBER': 9 });
    expect(await membersOf(id)).toBe(2);
  });

  it('keeps the check-ins, but not the role, for the one who comes back', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    await as(ann).patch(`/groups/${id}/members/${ben.id}`, { role: 'admin' });
    await t.world.checkIn(id, ben);
    await leave(id, ben);
    expect((await as(ben).get(`/groups/${id}`)).data).toMatchObject({ myRole: null, memberCount: 1 });
    t.clock.advance(2 * DAY_MS);
    await join(id, ben);
    expect(await memberOf(id, ben)).toMatchObject({
      role: 'member',
      total: 1,
      joinedAt: t.clock.now().toISOString(),
      lastCheckInDay: '2026-03-02',
    });
  });
});

describe('the list of members', () => {
  it('reaches everybody page by page, while others join', async () => {
    const { id } = await t.world.group(ann);
    const users = await t.world.usersOf(9);
    for (const user of users) await join(id, user);
    const others = await t.world.usersOf(4);
    const url = `/groups/${id}/members`;
    const items = await pagesOf(as(cat), url, 3, async (page) => others[page] && join(id, others[page]));
    const ids = items.map((item) => item.user.id);
    expect(ids.slice(0, 10)).toEqual([ann, ...users].map((user) => user.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(items[0]).toMatchObject({ role: 'owner', joinedAt: START, total: 0, lastCheckInDay: null });
  });

  it('finds part of a nickname whatever its width and case, and takes % and _ literally', async () => {
    const names = ['Ｌｉｓａ', 'li_li', '100%', '小李'];
    const users = [];
    for (const nickname of names) users.push(await t.world.user({ nickname }));
    const { id } = await t.world.group(ann, { members: users });
    const find = async (q: string) =>
      (await as(ann).get(`/groups/${id}/members?q=${encodeURIComponent(q)}`)).data.items.map(
        (item: { user: { nickname: string } }) => item.user.nickname,
      );
    expect(await find('LI')).toEqual(['Ｌｉｓａ', 'li_li']);
    expect(await find('_')).toEqual(['li_li']);
    expect(await find('％')).toEqual(['100%']);
    expect(await find('李')).toEqual(['小李']);
    expect(await find('nobody')).toEqual([]);
  });
});

describe('roles', () => {
  it('are given by the owner', async () => {
    const { id } = await t.world.group(ann, { members: [ben, cat] });
    const member = `/groups/${id}/members/${ben.id}`;
    const answer = await as(ann).patch(member, { role: 'admin' });
    expect(answer).toMatchObject({ status: 200, data: { user: { id: ben.id }, role: 'admin' } });
    expect((await actsOn(t, 'group', id)).at(-1)).toEqual({
      action: 'group.member.update',
      actorId: ann.id,
      requestId: answer.headers['x-request-id'],
      detail: { userId: ben.id, role: 'admin' },
    });
    const forbidden = { status: 403, error: 'NO_PERMISSION' };
    expect(await as(ben).patch(`/groups/${id}/members/${cat.id}`, { role: 'admin' })).toMatchObject(
      forbidden,
    );
    expect(await as(cat).patch(member, { mutedUntil: null })).toMatchObject(forbidden);
    expect((await as(ann).patch(member, { role: 'member' })).data).toMatchObject({ role: 'member' });
  });

  it('bound whom one may act on: not oneself, not the owner, no admin on another', async () => {
    const admins = [ben, cat];
    const { id } = await t.world.group(ann, { members: admins });
    for (const admin of admins) await as(ann).patch(`/groups/${id}/members/${admin.id}`, { role: 'admin' });
    const untouchable = { status: 403, error: 'CANNOT_ACT_ON_MEMBER' };
    for (const [actor, target] of [
      [ann, ann],
      [ben, ann],
      [ben, ben],
      [ben, cat],
    ] as const) {
      const member = `/groups/${id}/members/${target.id}`;
      expect(await as(actor).patch(member, { mutedUntil: inHours(1) })).toMatchObject(untouchable);
      expect(await as(actor).delete(member)).toMatchObject(untouchable);
      expect(await as(actor).delete(`${member}?ban=true`)).toMatchObject(untouchable);
    }
    expect(await membersOf(id)).toBe(3);
  });

  it('belong to members only', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    await leave(id, ben);
    const notFound = { status: 404, error: 'MEMBER_NOT_FOUND' };
    for (const userId of [ben.id, cat.id, NO_SUCH_ID])
      expect(await as(ann).patch(`/groups/${id}/members/${userId}`, { role: 'admin' })).toMatchObject(
        notFound,
      );
  });
});

describe('muting', () => {
  it('keeps a member from writing notes until it is over or lifted', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    const member = `/groups/${id}/members/${ben.id}`;
    const until = inHours(2);
    const answer = await as(ann).patch(member, { mutedUntil: until, muteReason: '刷屏' });
    expect(answer.data).toMatchObject({ mutedUntil: until });
    const mine = async () => (await as(ben).get(`/groups/${id}`)).data;
    expect(await mine()).toMatchObject({ myMutedUntil: until });
    expect((await as(ann).get(`/groups/${id}`)).data).toMatchObject({ myMutedUntil: null });
    const checkIn = () => as(ben).post(`/groups/${id}/check-ins`, { note: 'hello' });
    expect(await checkIn()).toMatchObject({ status: 403, error: 'MUTED' });
    // Leaving and coming back is no way out.
    await leave(id, ben);
    await join(id, ben);
    expect(await checkIn()).toMatchObject({ error: 'MUTED' });
    expect((await as(ann).patch(member, { mutedUntil: null })).data).toMatchObject({ mutedUntil: null });
    expect(await checkIn()).toMatchObject({ status: 201 });
    await as(ann).patch(member, { mutedUntil: until });
    t.clock.set(until);
    expect(await memberOf(id, ben)).toMatchObject({ mutedUntil: null });
    expect(await mine()).toMatchObject({ myMutedUntil: null });
    expect(await checkIn()).toMatchObject({ status: 200 });
  });
});

describe('showing out', () => {
  it('lets the member come back unless he is banned', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    const answer = await as(ann).delete(`/groups/${id}/members/${ben.id}?reason=late`);
    expect(answer).toMatchObject({ status: 200, data: null });
    expect((await actsOn(t, 'group', id)).at(-1)).toEqual({
      action: 'group.member.kick',
      actorId: ann.id,
      requestId: answer.headers['x-request-id'],
      detail: { userId: ben.id, reason: 'late' },
    });
    const again = await as(ann).delete(`/groups/${id}/members/${ben.id}`);
    expect(again).toMatchObject({ status: 404, error: 'MEMBER_NOT_FOUND' });
    expect(await membersOf(id)).toBe(1);
    expect(await join(id, ben)).toMatchObject({ status: 201 });
  });

  it('with a ban keeps him out, by every way, until it is over', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    const url = `/groups/${id}`;
    const until = inHours(48);
    await as(ann).delete(`${url}/members/${ben.id}?ban=true&until=${until}&reason=ads`);
    const { token } = (await as(ann).post(`${url}/invites`)).data;
    const banned = { status: 403, error: 'BANNED' };
    expect(await join(id, ben)).toMatchObject(banned);
    expect((await as(ben).get(url)).data).toMatchObject({ myBan: { reason: 'ads', until } });
    expect(await as(ben).post(`/invites/${token}/accept`)).toMatchObject(banned);
    expect((await as(ann).get(`${url}/bans`)).data.items).toEqual([
      {
        user: { id: ben.id, nickname: ben.nickname, avatarUrl: null },
        reason: 'ads',
        until,
        createdAt: START,
      },
    ]);
    t.clock.set(until);
    expect((await as(ann).get(`${url}/bans`)).data.items).toEqual([]);
    expect((await as(ben).get(url)).data).toMatchObject({ myBan: null });
    expect(await join(id, ben)).toMatchObject({ status: 201 });
  });

  it('bans also who is no member, for good, until the ban is lifted', async () => {
    const { id } = await t.world.group(ann);
    const member = `/groups/${id}/members/${ben.id}`;
    expect(await as(ann).delete(`${member}?ban=true&until=${inHours(1)}`)).toMatchObject({ status: 200 });
    // The later ban takes the earlier one's place.
    expect(await as(ann).delete(`${member}?ban=true`)).toMatchObject({ status: 200 });
    t.clock.advance(300 * DAY_MS);
    expect(await join(id, ben)).toMatchObject({ status: 403, error: 'BANNED' });
    expect((await as(ben).get(`/groups/${id}`)).data).toMatchObject({ myBan: { reason: null, until: null } });
    expect(await membersOf(id)).toBe(1);
    const lift = () => as(ann).delete(`/groups/${id}/bans/${ben.id}`);
    expect(await lift()).toMatchObject({ status: 200, data: null });
    expect(await lift()).toMatchObject({ status: 200, data: null });
    expect((await actsOn(t, 'group', id)).map((act) => act.action)).toEqual([
      'group.member.ban',
      'group.member.ban',
      'group.member.unban',
    ]);
    expect(await join(id, ben)).toMatchObject({ status: 201 });
  });

  it('finds nobody to ban under an id that no user has', async () => {
    const { id } = await t.world.group(ann);
    const answer = await as(ann).delete(`/groups/${id}/members/${NO_SUCH_ID}?ban=true`);
    expect(answer).toMatchObject({ status: 404, error: 'USER_NOT_FOUND' });
  });

  it('is for owner and admins, as is looking at the bans', async () => {
    const { id } = await t.world.group(ann, { members: [ben, cat] });
    const url = `/groups/${id}`;
    const forbidden = { status: 403, error: 'NO_PERMISSION' };
    expect(await as(ben).delete(`${url}/members/${cat.id}`)).toMatchObject(forbidden);
    expect(await as(ben).get(`${url}/bans`)).toMatchObject(forbidden);
    expect(await as(ben).delete(`${url}/bans/${cat.id}`)).toMatchObject(forbidden);
    await as(ann).patch(`${url}/members/${ben.id}`, { role: 'admin' });
    expect(await as(ben).delete(`${url}/members/${cat.id}`)).toMatchObject({ status: 200 });
  });

  it('pages through the bans, latest first', async () => {
    const { id } = await t.world.group(ann);
    const users = await t.world.usersOf(5);
    for (const user of users) await as(ann).delete(`/groups/${id}/members/${user.id}?ban=true`);
    const bans = await pagesOf(as(ann), `/groups/${id}/bans`, 2);
    expect(bans.map((ban) => ban.user.id)).toEqual(users.map((user) => user.id).reverse());
  });

  it('never leaves a banned person in, also when he joins at the same moment', async () => {
    const { id } = await t.world.group(ann);
    for (const user of await t.world.usersOf(10)) {
      await Promise.all([join(id, user), as(ann).delete(`/groups/${id}/members/${user.id}?ban=true`)]);
    }
    expect(await membersOf(id)).toBe(1);
  });
});

describe('handing over', () => {
  const handOver = (groupId: number, from: TestUser, to: TestUser) =>
    as(from).post(`/groups/${groupId}/owner`, { userId: to.id });

  it('makes a member the owner and the owner an admin', async () => {
    const { id } = await t.world.group(ann, { members: [ben, cat] });
    const answer = await handOver(id, ann, ben);
    expect(answer).toMatchObject({ status: 200, data: null });
    expect(await memberOf(id, ann)).toMatchObject({ role: 'admin' });
    expect(await memberOf(id, ben)).toMatchObject({ role: 'owner' });
    expect((await as(cat).get(`/groups/${id}`)).data).toMatchObject({ ownerId: ben.id });
    expect((await actsOn(t, 'group', id)).at(-1)).toEqual({
      action: 'group.hand-over',
      actorId: ann.id,
      requestId: answer.headers['x-request-id'],
      detail: { from: ann.id, to: ben.id },
    });
    expect(await handOver(id, ann, cat)).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    expect(await handOver(id, ben, ben)).toMatchObject({ status: 200 });
    expect(await leave(id, ann)).toMatchObject({ status: 200 });
    expect(await handOver(id, ben, ann)).toMatchObject({ status: 404, error: 'MEMBER_NOT_FOUND' });
    expect(await leave(id, ben)).toMatchObject({ error: 'OWNER_CANNOT_LEAVE' });
  });

  it('leaves one owner, who is a member, whatever happens at the same moment', async () => {
    const meanwhile = [
      (groupId: number) => leave(groupId, ben),
      (groupId: number) => as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { role: 'member' }),
      (groupId: number) => as(ann).delete(`/groups/${groupId}/members/${ben.id}`),
      (groupId: number) => handOver(groupId, ann, cat),
    ];
    for (let round = 0; round < 24; round++) {
      const { id } = await t.world.group(ann, { members: [ben, cat] });
      await Promise.all([meanwhile[round % meanwhile.length]!(id), handOver(id, ann, ben)]);
      const owners = await t.app.get(Database).rows<{ id: number; active: number; ownerId: number }>(
        `select m.user_id as id, m.active, g.owner_id as ownerId from memberships m
         join group_info g on g.id = m.group_id where g.id = ? and m.role = 'owner'`,
        [id],
      );
      expect(owners).toEqual([{ id: owners[0]?.ownerId, active: 1, ownerId: expect.any(Number) }]);
      await membersOf(id);
    }
  });
});
