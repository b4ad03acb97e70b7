import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import {
  actsOn,
  expectRubbishRefused,
  expectSignInNeeded,
  NO_SUCH_ID,
  pagesOf,
  tally,
} from '../support/requests.js';
import { expectStatus, type GroupSettings, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
});
afterAll(() => t.close());

const REASON = '我也每天早起跑步';
const as = (user: TestUser) => t.api.as(user);
const found = (settings: GroupSettings & { members?: TestUser[] } = {}) =>
  t.world.group(ann, { joinPolicy: 'approval', ...settings });
const apply = (groupId: number, user: TestUser) =>
  as(user).post(`/groups/${groupId}/members`, { reason: REASON });
const applied = async (groupId: number, user: TestUser): Promise<number> =>
  expectStatus(201, await apply(groupId, user)).data.applicationId;
const decide = (by: TestUser, groupId: number, id: number, decision: string, message?: string) =>
  as(by).patch(`/groups/${groupId}/applications/${id}`, { decision, message });
const listed = async (groupId: number, state = 'pending') =>
  (await as(ann).get(`/groups/${groupId}/applications?state=${state}`)).data.items;
const memberCount = async (groupId: number) => (await as(ann).get(`/groups/${groupId}`)).data.memberCount;

/** An application that no request can leave behind, as if it had been made at the very moment of something else. */
async function strayApplication(groupId: number, user: TestUser): Promise<number> {
  const { insertId } = await t.app.get(Database).run(
    `insert into group_applications (group_id, user_id, reason, state, pending_key, created_at)
     values (?, ?, 'x', 'pending', ?, ?)`,
    [groupId, user.id, `${groupId}:${user.id}`, t.clock.now()],
  );
  return insertId;
}

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'GET /groups/1/applications',
    'PATCH /groups/1/applications/1',
    'DELETE /groups/1/applications/1',
    'GET /me/applications',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const { id } = await found();
  const url = `/groups/${id}/applications`;
  await expectRubbishRefused(as(ann), [
    [`GET ${url}?state=open`, 'state'],
    [`GET ${url}?cursor=WyJhIl0`, 'cursor'],
    ['GET /groups/1e3/applications', 'groupId'],
    [`PATCH ${url}/x`, 'id', { decision: 'approve' }],
    [`PATCH ${url}/1`, 'decision', {}],
    [`PATCH ${url}/1`, 'decision', { decision: true }],
    [`PATCH ${url}/1`, 'message', { decision: 'refuse', message: 'x'.repeat(201) }],
    [`PATCH ${url}/1`, 'state', { decision: 'refuse', state: 'approved' }],
    [`DELETE ${url}/0`, 'id'],
    ['GET /me/applications?limit=1000', 'limit'],
    ['GET /me/applications?cursor=WzEsMl0', 'cursor'],
    ['GET /me/applications?role=owner', 'role'],
  ]);
});

describe('applying', () => {
  it('takes a reason, waits, and does not change the member count', async () => {
    const { id } = await found();
    const refused = await as(ben).post(`/groups/${id}/members`);
    expect(refused).toMatchObject({ status: 400, error: 'REASON_REQUIRED' });
    const answer = await apply(id, ben);
    const { applicationId } = answer.data;
    expect(answer).toMatchObject({ status: 201, data: { status: 'pending', groupId: id } });
    expect(await listed(id)).toEqual([
      {
        id: applicationId,
        groupId: id,
        groupName: 'Every day',
        user: { id: ben.id, nickname: ben.nickname, avatarUrl: null },
        reason: REASON,
        state: 'pending',
        message: null,
        decidedAt: null,
        createdAt: START,
      },
    ]);
    const waiting = {
      applicationPending: true,
      myApplicationId: applicationId,
      myRole: null,
      memberCount: 1,
    };
    expect((await as(ben).get(`/groups/${id}`)).data).toMatchObject(waiting);
    expect(await apply(id, ann)).toMatchObject({ status: 409, error: 'ALREADY_MEMBER' });
  });

  it('waits once, however often one clicks', async () => {
    const { id } = await found();
    const answers = await Promise.all(Array.from({ length: 10 }, () => apply(id, ben)));
    expect(tally(answers)).toEqual({ '201': 1, '409 APPLICATION_PENDING': 9 });
    expect(await listed(id)).toHaveLength(1);
  });

  it('answers a repeat with the same Idempotency-Key as it answered the first time', async () => {
    const { id } = await found();
    const api = as(ben).with({ 'idempotency-key': 'apply' });
    const send = () => api.post(`/groups/${id}/members`, { reason: REASON });
    const first = await send();
    expect(await send()).toMatchObject({ status: 201, data: first.data });
  });

  it('is refused to the banned, and a ban refuses what waits', async () => {
    const { id } = await found();
    const applicationId = await applied(id, ben);
    await as(ann).delete(`/groups/${id}/members/${ben.id}?ban=true`);
    expect(await listed(id, 'refused')).toMatchObject([{ id: applicationId }]);
    expect(await apply(id, ben)).toMatchObject({ status: 403, error: 'BANNED' });
  });
});

describe('deciding', () => {
  it('lets the applicant in on approval, and is written down', async () => {
    const { id } = await found();
    const applicationId = await applied(id, ben);
    t.clock.advance(1500);
    const answer = await decide(ann, id, applicationId, 'approve', '欢迎');
    expect(answer).toMatchObject({
      status: 200,
      data: { state: 'approved', message: '欢迎', decidedAt: t.clock.now().toISOString() },
    });
    expect(await memberCount(id)).toBe(2);
    const inside = { applicationPending: false, myApplicationId: null, myRole: 'member' };
    expect((await as(ben).get(`/groups/${id}`)).data).toMatchObject(inside);
    expect(await actsOn(t, 'group', id)).toEqual([
      {
        action: 'group.application.approve',
        actorId: ann.id,
        requestId: answer.headers['x-request-id'],
        detail: { applicationId, userId: ben.id },
      },
    ]);
    t.clock.set(START);
  });

  it('lets a refused person apply again', async () => {
    const { id } = await found();
    const first = await applied(id, ben);
    expect((await decide(ann, id, first, 'refuse', '人数已满')).data).toMatchObject({ state: 'refused' });
    const again = await applied(id, ben);
    expect(again).not.toBe(first);
    expect(await listed(id, 'refused')).toMatchObject([{ id: first, message: '人数已满' }]);
    expect(await memberCount(id)).toBe(1);
  });

  it('happens once', async () => {
    const { id } = await found({ members: [cat] });
    await as(ann).patch(`/groups/${id}/members/${cat.id}`, { role: 'admin' });
    const applicationId = await applied(id, ben);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        decide(i % 2 ? ann : cat, id, applicationId, i % 2 ? 'refuse' : 'approve'),
      ),
    );
    expect(tally(answers)).toEqual({ '200': 1, '409 APPLICATION_DECIDED': 5 });
    const { state } = answers.find(({ status }) => status === 200)!.data;
    expect(await memberCount(id)).toBe(state === 'approved' ? 3 : 2);
    expect(await decide(ann, id, applicationId, 'approve')).toMatchObject({ error: 'APPLICATION_DECIDED' });
  });

  it('keeps an application waiting when the group is full', async () => {
    const { id } = await found({ maxMembers: 1 });
    const applicationId = await applied(id, ben);
    expect(await decide(ann, id, applicationId, 'approve')).toMatchObject({
      status: 409,
      error: 'GROUP_FULL',
    });
    expect(await listed(id)).toMatchObject([{ id: applicationId, state: 'pending', decidedAt: null }]);
    await as(ann).patch(`/groups/${id}`, { maxMembers: 2 });
    expect(await decide(ann, id, applicationId, 'approve')).toMatchObject({ status: 200 });
  });

  it('fills the last place once when several are approved at the same moment', async () => {
    const { id } = await found({ maxMembers: 3 });
    const ids = [];
    for (const user of await t.world.usersOf(6)) ids.push(await applied(id, user));
    const answers = await Promise.all(ids.map((each) => decide(ann, id, each, 'approve')));
    expect(tally(answers)).toEqual({ '200': 2, '409 GROUP_FULL': 4 });
    expect(await memberCount(id)).toBe(3);
    expect(await listed(id)).toHaveLength(4);
  });

  it('does not let in who is a member already, or has been banned meanwhile', async () => {
    const { id } = await found({ members: [ben] });
    await as(ann).delete(`/groups/${id}/members/${cat.id}?ban=true`);
    for (const [user, status, error] of [
      [ben, 409, 'ALREADY_MEMBER'],
      [cat, 403, 'BANNED'],
    ] as const) {
      const stray = await strayApplication(id, user);
      expect(await decide(ann, id, stray, 'approve')).toMatchObject({ status, error });
      expect(await decide(ann, id, stray, 'refuse')).toMatchObject({ status: 200 });
    }
    expect(await memberCount(id)).toBe(2);
  });

  it('is for owner and admins of that group, and of applications to that group', async () => {
    const { id } = await found({ members: [cat] });
    const other = await found();
    const applicationId = await applied(id, ben);
    for (const user of [cat, ben]) {
      const forbidden = { status: 403, error: 'NO_PERMISSION' };
      expect(await decide(user, id, applicationId, 'approve')).toMatchObject(forbidden);
      expect(await as(user).get(`/groups/${id}/applications`)).toMatchObject(forbidden);
    }
    const unknown = { status: 404, error: 'APPLICATION_NOT_FOUND' };
    expect(await decide(ann, other.id, applicationId, 'approve')).toMatchObject(unknown);
    expect(await decide(ann, id, NO_SUCH_ID, 'approve')).toMatchObject(unknown);
    const noGroup = { status: 404, error: 'GROUP_NOT_FOUND' };
    expect(await decide(ann, NO_SUCH_ID, applicationId, 'approve')).toMatchObject(noGroup);
    expect(await as(ann).get(`/groups/${NO_SUCH_ID}/applications`)).toMatchObject(noGroup);
  });
});

describe('taking back', () => {
  const withdraw = (user: TestUser, groupId: number, id: number) =>
    as(user).delete(`/groups/${groupId}/applications/${id}`);

  it('is for the applicant, while it waits; also when the group has become private', async () => {
    const { id } = await found();
    const applicationId = await applied(id, ben);
    const unknown = { status: 404, error: 'APPLICATION_NOT_FOUND' };
    expect(await withdraw(ann, id, applicationId)).toMatchObject(unknown);
    expect(await withdraw(ben, id, NO_SUCH_ID)).toMatchObject(unknown);
    expect(await withdraw(ben, NO_SUCH_ID, applicationId)).toMatchObject(unknown);
    await as(ann).patch(`/groups/${id}`, { visibility: 'private', joinPolicy: 'invite' });
    expect(await withdraw(ben, id, applicationId)).toMatchObject({ status: 200, data: null });
    expect(await withdraw(ben, id, applicationId)).toMatchObject({ status: 200, data: null });
    expect(await listed(id, 'withdrawn')).toHaveLength(1);
    expect(await decide(ann, id, applicationId, 'approve')).toMatchObject({ error: 'APPLICATION_DECIDED' });
  });

  it('comes too late after the decision', async () => {
    const { id } = await found();
    const applicationId = await applied(id, ben);
    await decide(ann, id, applicationId, 'refuse');
    const tooLate = { status: 409, error: 'APPLICATION_DECIDED' };
    expect(await withdraw(ben, id, applicationId)).toMatchObject(tooLate);
  });

  it('happens by itself for one who comes in by another way', async () => {
    const { id } = await found();
    await applied(id, ben);
    await t.world.join(id, ben, ann);
    expect(await listed(id)).toEqual([]);
    expect(await listed(id, 'withdrawn')).toHaveLength(1);
  });
});

describe('listing', () => {
  it('pages through a group’s applications, newest first, while others apply', async () => {
    const { id } = await found();
    const ids: number[] = [];
    for (const user of await t.world.usersOf(5)) ids.unshift(await applied(id, user));
    const others = await t.world.usersOf(4);
    const url = `/groups/${id}/applications`;
    const items = await pagesOf(as(ann), url, 2, async (page) => others[page] && applied(id, others[page]));
    expect(items.map((item) => item.id)).toEqual(ids);
  });

  it('shows what waits in the groups I run, and in no others', async () => {
    const [owner, admin, member] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
    const waiting = async (user: TestUser) =>
      (await pagesOf(as(user), '/me/applications', 2)).map((item) => item.id);
    const groups = [];
    for (let i = 0; i < 3; i++)
      groups.push(await t.world.group(owner, { joinPolicy: 'approval', members: [admin, member] }));
    const [first, second, dissolved] = groups;
    await as(owner).patch(`/groups/${second.id}/members/${admin.id}`, { role: 'admin' });
    const inFirst = await applied(first.id, ben);
    const inSecond = await applied(second.id, ben);
    await applied(dissolved.id, ben);
    await as(owner).delete(`/groups/${dissolved.id}`);
    const later = await applied(second.id, cat);
    expect(await waiting(owner)).toEqual([later, inSecond, inFirst]);
    expect(await waiting(admin)).toEqual([later, inSecond]);
    expect(await waiting(member)).toEqual([]);
    expect(await waiting(ben)).toEqual([]);
    await decide(admin, second.id, later, 'refuse');
    await as(admin).delete(`/groups/${second.id}/members/me`);
    expect(await waiting(owner)).toEqual([inSecond, inFirst]);
    expect(await waiting(admin)).toEqual([]);
  });

  it('shows my own that wait, as long as I may see the group', async () => {
    const [owner, applicant] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const mine = async () =>
      (await pagesOf(as(applicant), '/me/applications?role=applicant', 2)).map((item) => item.id);
    const groups = [];
    for (let i = 0; i < 5; i++) groups.push(await t.world.group(owner, { joinPolicy: 'approval' }));
    const ids = [];
    for (const group of groups) ids.push(await applied(group.id, applicant));
    const [open, hidden, decided, withdrawn, dissolved] = ids;
    expect(await mine()).toEqual([dissolved, withdrawn, decided, hidden, open]);
    await as(owner).patch(`/groups/${groups[1].id}`, { visibility: 'private', joinPolicy: 'invite' });
    await decide(owner, groups[2].id, decided!, 'refuse');
    await as(applicant).delete(`/groups/${groups[3].id}/applications/${withdrawn}`);
    await as(owner).delete(`/groups/${groups[4].id}`);
    expect(await mine()).toEqual([open]);
    const own = (await as(owner).get('/me/applications?role=applicant')).data.items;
    expect(own).toEqual([]);
  });
});
