import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { countStatements } from '../support/statements.js';
import { expectStatus, type TestUser } from '../support/world.js';

const MANY = 50;

let t: TestApp;
let owner: TestUser;
const groups = { daily: 0, weekly: 0, waiting: 0, strict: 0 };

/** Of everything that is listed there are fifty. */
beforeAll(async () => {
  t = await createTestApp();
  owner = await t.world.user();
  const users = await t.world.usersOf(MANY);
  const make = async (settings = {}) => (await t.world.group(owner, settings)).id as number;
  const [host] = (await t.world.usersOf(1)) as [TestUser];
  for (let n = 0; n < MANY; n++) {
    await make();
    const { id } = await t.world.group(host, { joinPolicy: 'approval' });
    expectStatus(201, await t.api.as(owner).post(`/groups/${id}/members`, { reason: 'please' }));
  }
  groups.daily = await make({ members: users });
  groups.weekly = await make({ members: users, rule: { schedule: 'perWeek', timesPerWeek: 2 } });
  groups.waiting = await make({ joinPolicy: 'approval' });
  groups.strict = await make();
  for (const user of users) {
    await t.world.checkIn(groups.daily, user);
    const api = t.api.as(user);
    expectStatus(201, await api.post(`/groups/${groups.waiting}/members`, { reason: 'please' }));
    const ban = `/groups/${groups.strict}/members/${user.id}?ban=true`;
    expectStatus(200, await t.api.as(owner).delete(ban));
  }
}, 120_000);
afterAll(() => t.close());

const statementsOf = (url: string) => countStatements(t, owner, url);

it.each([
  '/groups?',
  '/groups?sort=members&',
  '/me/groups?',
  '/users/{owner}/groups?',
  '/me/applications?',
  '/me/applications?role=applicant&',
  '/groups/{daily}/members?',
  '/groups/{strict}/bans?',
  '/groups/{waiting}/applications?',
  '/groups/{daily}/invites?',
  '/groups/{daily}/check-ins?',
  '/groups/{daily}/check-ins?day=2026-03-02&',
  '/groups/{daily}/days/2026-03-02?',
  '/groups/{weekly}/days/2026-03-02?state=pending&',
  '/groups/{daily}/leaderboard?board=streak&',
  '/groups/{daily}/leaderboard?board=total&',
  '/groups/{daily}/leaderboard?board=week&',
  '/groups/{daily}/leaderboard?board=today&',
])('GET %s asks the database as often for 50 items as for one', async (path) => {
  const ids = { ...groups, owner: owner.id };
  const url = path.replace(/\{(\w+)\}/, (_, name: keyof typeof ids) => String(ids[name]));
  const one = await statementsOf(`${url}limit=1`);
  const many = await statementsOf(`${url}limit=${MANY}`);
  expect([one.items.length, many.items.length]).toEqual([1, MANY]);
  expect(many.statements).toBe(one.statements);
  expect(one.statements).toBeGreaterThan(0);
});

it('asks as often for the missed day of 50 members as of one, where days are owed by the week', async () => {
  t.clock.advance(7 * 24 * 3_600_000);
  const url = `/groups/${groups.weekly}/days/2026-03-08?state=pending`;
  const [one, many] = [await statementsOf(`${url}&limit=1`), await statementsOf(`${url}&limit=${MANY}`)];
  expect([one.items.length, many.items.length]).toEqual([1, MANY]);
  expect(many.statements).toBe(one.statements);
});

it('asks as often for the day of 50 groups, all of them done, as of one', async () => {
  t.clock.set(START);
  const { items } = (await t.api.as(owner).get('/me/today?limit=100')).data;
  for (const { groupId } of items) await t.world.checkIn(groupId, owner);
  const [one, many] = [
    await statementsOf('/me/today?limit=1'),
    await statementsOf(`/me/today?limit=${MANY}`),
  ];
  expect([one.items.length, many.items.length]).toEqual([1, MANY]);
  for (const item of many.items) expect(item).toMatchObject({ state: 'DONE', checkInId: expect.any(Number) });
  expect(many.statements).toBe(one.statements);
});

it('asks as often for my calendar over 54 groups as over one', async () => {
  const [one] = await t.world.usersOf(1);
  await t.world.group(one!);
  const url = '/me/calendar?from=2026-03-02&to=2027-04-05';
  const [of1, of54] = [await countStatements(t, one!, url), await countStatements(t, owner, url)];
  expect([of1.items.at(0).due, of54.items.at(0).due]).toEqual([1, 54]);
  expect(of54.statements).toBe(of1.statements);
});

it('asks as often for a calendar of 400 days as of one', async () => {
  const url = `/groups/${groups.daily}/members/me/calendar?from=2026-03-02`;
  const [one, many] = [
    await statementsOf(`${url}&to=2026-03-02`),
    await statementsOf(`${url}&to=2027-04-05`),
  ];
  expect([one.items.length, many.items.length]).toEqual([1, 400]);
  expect(many.statements).toBe(one.statements);
});
