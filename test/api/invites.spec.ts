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
import { picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';

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
const NO_SUCH_TOKEN = 'x'.repeat(32);
const as = (user: TestUser) => t.api.as(user);
const invite = async (groupId: number, body: object = {}): Promise<{ id: number; token: string }> =>
  expectStatus(201, await as(ann).post(`/groups/${groupId}/invites`, body)).data;
const upload = async (): Promise<{ id: number }> =>
  expectStatus(201, await as(ann).upload('/uploads', { content: await picture(), filename: 'a.jpg' })).data;
const accept = (user: TestUser, token: string) => as(user).post(`/invites/${token}/accept`);
const usesOf = (id: number) => numberOf(t, 'select uses from group_invites where id = ?', id);
const memberCount = async (groupId: number) => (await as(ann).get(`/groups/${groupId}`)).data.memberCount;

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'POST /groups/1/invites',
    'GET /groups/1/invites',
    'DELETE /groups/1/invites/1',
    `GET /invites/${NO_SUCH_TOKEN}`,
    `POST /invites/${NO_SUCH_TOKEN}/accept`,
  ]);
});

it('refuses rubbish and names the field', async () => {
  const { id } = await t.world.group(ann);
  const url = `/groups/${id}/invites`;
  await expectRubbishRefused(as(ann), [
    [`POST ${url}`, 'expiresInHours', { expiresInHours: 0 }],
    [`POST ${url}`, 'expiresInHours', { expiresInHours: 8761 }],
    [`POST ${url}`, 'maxUses', { maxUses: '3' }],
    [`POST ${url}`, 'maxUses', { maxUses: null }],
    [`POST ${url}`, 'token', { token: NO_SUCH_TOKEN }],
    ['POST /groups/1e3/invites', 'groupId'],
    [`GET ${url}?cursor=WyJhIl0`, 'cursor'],
    [`GET ${url}?limit=-1`, 'limit'],
    [`DELETE ${url}/1.5`, 'id'],
    [`POST /invites/${NO_SUCH_TOKEN}/accept`, 'body', { groupId: id }],
  ]);
  expect((await as(ann).get(url)).data.items).toEqual([]);
});

describe('making a link', () => {
  it('shows its token this once', async () => {
    const { id } = await t.world.group(ann);
    const url = `/groups/${id}/invites`;
    const { status, data, headers } = await as(ann).post(url, { expiresInHours: 24, maxUses: 3 });
    const { token, ...rest } = data;
    expect(status).toBe(201);
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(rest).toEqual({
      id: data.id,
      groupId: id,
      createdBy: ann.id,
      createdAt: START,
      expiresAt: '2026-03-03T04:00:00.000Z',
      maxUses: 3,
      uses: 0,
      revokedAt: null,
    });
    expect((await as(ann).get(url)).data.items).toEqual([rest]);
    expect(await actsOn(t, 'group', id)).toEqual([
      {
        action: 'group.invite.create',
        actorId: ann.id,
        requestId: headers['x-request-id'],
        detail: { inviteId: data.id },
      },
    ]);
    const week = { expiresAt: '2026-03-09T04:00:00.000Z', maxUses: null };
    expect((await as(ann).post(url)).data).toMatchObject(week);
  });

  it('is for owner and admins, as are the list and revoking', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    const url = `/groups/${id}/invites`;
    const { id: inviteId } = await invite(id);
    const attempts = (user: TestUser, group: string) => [
      as(user).post(`${group}/invites`),
      as(user).get(`${group}/invites`),
      as(user).delete(`${group}/invites/${inviteId}`),
    ];
    for (const user of [ben, cat])
      for (const answer of await Promise.all(attempts(user, `/groups/${id}`)))
        expect(answer).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    for (const answer of await Promise.all(attempts(ann, `/groups/${NO_SUCH_ID}`)))
      expect(answer).toMatchObject({ status: 404, error: 'GROUP_NOT_FOUND' });
    await as(ann).patch(`/groups/${id}/members/${ben.id}`, { role: 'admin' });
    expect(await as(ben).post(url)).toMatchObject({ status: 201 });
  });

  it('gives the same link for a repeat with the same Idempotency-Key', async () => {
    const { id } = await t.world.group(ann);
    const api = as(ann).with({ 'idempotency-key': 'invite' });
    const first = await api.post(`/groups/${id}/invites`);
    const again = await api.post(`/groups/${id}/invites`);
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect((await as(ann).get(`/groups/${id}/invites`)).data.items).toHaveLength(1);
  });

  it('pages through the links, newest first', async () => {
    const { id } = await t.world.group(ann);
    const ids: number[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await invite(id)).id);
    const items = await pagesOf(as(ann), `/groups/${id}/invites`, 2, () => invite(id));
    expect(items.map((item) => item.id)).toEqual(ids);
  });
});

describe('a link', () => {
  it('tells its holder of a private group, which he cannot see otherwise', async () => {
    const cover = await upload();
    const { id, categoryId, rule } = await t.world.group(ann, {
      name: 'Secret',
      visibility: 'private',
      maxMembers: 7,
      coverId: cover.id,
    });
    const { token } = await invite(id);
    const { data } = await as(ben).get(`/invites/${token}`);
    expect(data).toEqual({
      groupId: id,
      name: 'Secret',
      description: '',
      coverUrl: null,
      categoryId,
      visibility: 'private',
      rule,
      memberCount: 1,
      maxMembers: 7,
      expiresAt: '2026-03-09T04:00:00.000Z',
      myRole: null,
    });
    expect(await as(ben).get(`/groups/${id}`)).toMatchObject({ status: 404 });
  });

  it('shows the cover of a public group, and its members what they are there', async () => {
    const cover = await upload();
    const { id, coverUrl } = await t.world.group(ann, { coverId: cover.id });
    const { token } = await invite(id);
    expect((await as(ann).get(`/invites/${token}`)).data).toMatchObject({ coverUrl, myRole: 'owner' });
    expect((await as(ben).get(`/invites/${token}`)).data).toMatchObject({ coverUrl, myRole: null });
    expect(coverUrl).toMatch(/-1280\.webp$/);
  });

  it.each(['open', 'approval', 'invite'])(
    'lets one join at once where the policy is %s',
    async (joinPolicy) => {
      const { id } = await t.world.group(ann, { joinPolicy });
      const { id: inviteId, token } = await invite(id);
      expect(await accept(ben, token)).toMatchObject({
        status: 201,
        data: { status: 'active', groupId: id, applicationId: null },
      });
      expect((await as(ben).get(`/groups/${id}`)).data).toMatchObject({ myRole: 'member', memberCount: 2 });
      expect(await usesOf(inviteId)).toBe(1);
    },
  );

  it('is refused where it cannot be used, and keeps its uses', async () => {
    const full = await t.world.group(ann, { maxMembers: 2, members: [ben] });
    const { id, token } = await invite(full.id, { maxUses: 1 });
    expect(await accept(ben, token)).toMatchObject({ status: 409, error: 'ALREADY_MEMBER' });
    expect(await accept(cat, token)).toMatchObject({ status: 409, error: 'GROUP_FULL' });
    await as(ann).patch(`/groups/${full.id}`, { maxMembers: 3, joinPolicy: 'closed' });
    const closed = { status: 403, error: 'GROUP_CLOSED' };
    expect(await accept(cat, token)).toMatchObject(closed);
    expect(await as(cat).get(`/invites/${token}`)).toMatchObject(closed);
    expect((await as(ben).get(`/invites/${token}`)).data).toMatchObject({ myRole: 'member' });
    await as(ann).patch(`/groups/${full.id}`, { joinPolicy: 'invite' });
    await as(ann).delete(`/groups/${full.id}/members/${cat.id}?ban=true`);
    const banned = { status: 403, error: 'BANNED' };
    expect(await accept(cat, token)).toMatchObject(banned);
    expect(await as(cat).get(`/invites/${token}`)).toMatchObject(banned);
    expect(await usesOf(id)).toBe(0);
    await as(ann).delete(`/groups/${full.id}/bans/${cat.id}`);
    expect(await accept(cat, token)).toMatchObject({ status: 201 });
    const [dan] = (await t.world.usersOf(1)) as [TestUser];
    await as(ann).patch(`/groups/${full.id}`, { maxMembers: 9 });
    const usedUp = { status: 410, error: 'INVITE_USED_UP' };
    expect(await accept(dan, token)).toMatchObject(usedUp);
    expect(await as(dan).get(`/invites/${token}`)).toMatchObject(usedUp);
    expect((await as(cat).get(`/invites/${token}`)).data).toMatchObject({ myRole: 'member' });
    expect(await memberCount(full.id)).toBe(3);
  });

  it('for three lets three in of twenty who come at once', async () => {
    const { id } = await t.world.group(ann, { joinPolicy: 'invite' });
    const { id: inviteId, token } = await invite(id, { maxUses: 3 });
    const users = await t.world.usersOf(20);
    const answers = await Promise.all(users.map((user) => accept(user, token)));
    expect(tally(answers)).toEqual({ '201': 3, '410 INVITE_USED_UP': 17 });
    expect(await memberCount(id)).toBe(4);
    expect(await usesOf(inviteId)).toBe(3);
    expect(await pagesOf(as(ann), `/groups/${id}/members`, 100)).toHaveLength(4);
  });

  it('is used once for a repeat with the same Idempotency-Key', async () => {
    const { id } = await t.world.group(ann);
    const { id: inviteId, token } = await invite(id);
    const api = as(ben).with({ 'idempotency-key': 'accept' });
    const first = await api.post(`/invites/${token}/accept`);
    expect(await api.post(`/invites/${token}/accept`)).toMatchObject({ status: 201, data: first.data });
    expect(await usesOf(inviteId)).toBe(1);
  });

  it('is good until the very moment it expires', async () => {
    const { id } = await t.world.group(ann);
    const { token } = await invite(id, { expiresInHours: 2 });
    t.clock.advance(2 * HOUR_MS - 1);
    expect(await as(ben).get(`/invites/${token}`)).toMatchObject({ status: 200 });
    t.clock.advance(1);
    const expired = { status: 410, error: 'INVITE_EXPIRED' };
    expect(await as(ben).get(`/invites/${token}`)).toMatchObject(expired);
    expect(await accept(ben, token)).toMatchObject(expired);
  });

  it('that was revoked is as unknown as one that never was', async () => {
    const { id } = await t.world.group(ann);
    const other = await t.world.group(ann);
    const { id: inviteId, token } = await invite(id);
    const unknown = { status: 404, error: 'INVITE_NOT_FOUND' };
    expect(await as(ann).delete(`/groups/${other.id}/invites/${inviteId}`)).toMatchObject(unknown);
    expect(await as(ann).delete(`/groups/${id}/invites/${NO_SUCH_ID}`)).toMatchObject(unknown);
    const revoke = () => as(ann).delete(`/groups/${id}/invites/${inviteId}`);
    const answer = await revoke();
    expect(answer).toMatchObject({ status: 200, data: null });
    t.clock.advance(1000);
    expect(await revoke()).toMatchObject({ status: 200, data: null });
    expect((await as(ann).get(`/groups/${id}/invites`)).data.items).toMatchObject([{ revokedAt: START }]);
    for (const each of [token, NO_SUCH_TOKEN, 'short', '%00', `${token}0`, token.toLowerCase()]) {
      expect(await as(ben).get(`/invites/${each}`)).toMatchObject(unknown);
      expect(await accept(ben, each)).toMatchObject(unknown);
    }
    expect((await actsOn(t, 'group', id))[1]).toEqual({
      action: 'group.invite.revoke',
      actorId: ann.id,
      requestId: answer.headers['x-request-id'],
      detail: { inviteId },
    });
  });
});
