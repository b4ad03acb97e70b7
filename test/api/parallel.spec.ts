import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TokenSigner } from '../../src/common/auth/token-signer.js';
import { GroupRecountService } from '../../src/modules/group/index.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import type { Answer } from '../support/client.js';
import { databaseKind } from '../support/database.js';
import { Random, randomSeed } from '../support/random.js';
import { numberOf, tally } from '../support/requests.js';
import { type Server, startServer } from '../support/server.js';
import { expectStatus, type TestUser } from '../support/world.js';

const DAY_MS = 24 * 3_600_000;

let t: TestApp;
let users: TestUser[];
beforeAll(async () => {
  t = await createTestApp();
  users = await t.world.usersOf(6);
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const times = <T>(count: number, send: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => send(index)));
const rowsOf = (groupId: number) => numberOf(t, 'select count(*) from check_ins where group_id = ?', groupId);

async function expectNoDrift(groupId: number): Promise<void> {
  const drift: string[] = [];
  await t.app.get(GroupRecountService, { strict: false }).recount({ onDrift: (what) => drift.push(what) });
  expect(drift.filter((what) => new RegExp(`group ${groupId}\\b`).test(what))).toEqual([]);
}

describe('50 check-ins of one person at once', () => {
  const checkIns = (groupId: number, user: TestUser) =>
    times(50, () => as(user).post(`/groups/${groupId}/check-ins`));

  it('leave one row, answer 201 once and 200 otherwise, and count one', async () => {
    const user = users[0]!;
    const { id } = await t.world.group(user);
    await t.world.checkIn(id, user);
    t.clock.advance(DAY_MS);
    const answers = await checkIns(id, user);
    expect(tally(answers)).toEqual({ 201: 1, 200: 49 });
    expect(new Set(answers.map(({ data }) => data.checkIn.id)).size).toBe(1);
    for (const { data } of answers) expect(data).toMatchObject({ streak: { length: 2 }, total: 2 });
    expect(await rowsOf(id)).toBe(2);
    expect((await as(user).get(`/groups/${id}/stats`)).data).toMatchObject({ total: 2, today: { done: 1 } });
    await expectNoDrift(id);
  });

  it('revive a withdrawn row once', async () => {
    const user = users[0]!;
    const { id } = await t.world.group(user);
    const { checkIn } = await t.world.checkIn(id, user);
    expectStatus(200, await as(user).delete(`/groups/${id}/check-ins/${checkIn.id}`));
    const answers = await checkIns(id, user);
    expect(tally(answers)).toEqual({ 201: 1, 200: 49 });
    for (const { data } of answers) expect(data).toMatchObject({ checkIn: { id: checkIn.id }, total: 1 });
    expect(await rowsOf(id)).toBe(1);
    await expectNoDrift(id);
  });
});

describe('make-ups at once', () => {
  it('never pass the quota', async () => {
    const user = users[0]!;
    const { id } = await t.world.group(user, { rule: { makeUpWindowDays: 20 } });
    t.clock.advance(20 * DAY_MS);
    const answers = await times(18, (index) =>
      as(user).post(`/groups/${id}/make-ups`, {
        day: `2026-03-${String(index + 3).padStart(2, '0')}`,
        reason: 'on a plane',
      }),
    );
    expect(tally(answers)).toEqual({ 201: 3, '409 MAKE_UP_QUOTA_USED': 15 });
    expect(await rowsOf(id)).toBe(3);
    expect((await as(user).get(`/groups/${id}/make-ups/quota`)).data).toMatchObject({
      used: 3,
      remaining: 0,
    });
    await expectNoDrift(id);
  });

  it('of one day are made once, and use one of the quota', async () => {
    const user = users[0]!;
    const { id } = await t.world.group(user);
    t.clock.advance(DAY_MS);
    const body = { day: '2026-03-02', reason: 'on a plane' };
    const answers = await times(20, () => as(user).post(`/groups/${id}/make-ups`, body));
    expect(tally(answers)).toEqual({ 201: 1, '409 MAKE_UP_NOTHING_MISSED': 19 });
    expect((await as(user).get(`/groups/${id}/make-ups/quota`)).data).toMatchObject({ used: 1 });
    await expectNoDrift(id);
  });
});

it('keeps every counter exact when people check in, take back, make up, leave and join at once', async () => {
  const seed = randomSeed();
  const random = new Random(seed);
  const [owner, ...members] = users as [TestUser, ...TestUser[]];
  const { id } = await t.world.group(owner, { members, maxMembers: 5 + 1, rule: { makeUpMonthlyLimit: 5 } });
  const own = new Map<TestUser, number>();
  const act = async (): Promise<Answer> => {
    const user = random.pick(users);
    const group = `/groups/${id}`;
    switch (random.weighted({ checkIn: 5, undo: 3, makeUp: 2, leave: 1, join: 3 })) {
      case 'checkIn': {
        const answer = await as(user).post(`${group}/check-ins`);
        if (answer.status < 300) own.set(user, answer.data.checkIn.id);
        return answer;
      }
      case 'undo':
        return as(user).delete(`${group}/check-ins/${own.get(user) ?? 1}`);
      case 'makeUp':
        return as(user).post(`${group}/make-ups`, {
          day: `2026-03-0${2 + random.below(5)}`,
          reason: 'on a plane',
        });
      case 'leave':
        return as(user).delete(`${group}/members/me`);
      case 'join':
        return as(user).post(`${group}/members`);
    }
  };
  for (let day = 0; day < 5; day++) {
    const answers = await times(60, act);
    const failed = answers.filter(({ status }) => status >= 500);
    expect(failed, `TEST_SEED=${seed}`).toEqual([]);
    await expectNoDrift(id);
    t.clock.advance(DAY_MS);
  }
});

// On the other database there is no such thing: not a test that is skipped.
if (databaseKind === 'mysql')
  describe('two processes on one database', () => {
    let servers: [Server, Server];
    beforeAll(async () => {
      const env = {
        NODE_ENV: 'test',
        TOKEN_SECRET: 'a secret that only the tests know of',
        RATE_LIMIT_ENABLED: 'false',
        LOG_LEVEL: 'error',
        DATABASE_URL: t.config.database.url,
      };
      servers = await Promise.all([startServer(env), startServer(env)]);
    }, 120_000);
    afterAll(async () => {
      await Promise.all((servers ?? []).map((server) => server.stop()));
    });

    const tokenOf = ({ id, sessionId, role }: TestUser) =>
      t.app.get(TokenSigner).sign({ sub: id, sid: sessionId, role });
    const split = (count: number, send: (server: Server, index: number) => ReturnType<Server['post']>) =>
      times(count, (index) => send(servers[index % 2]!, index));
    /** Where it is the middle of the day now: the servers go by the real clock. */
    const timeZone = () =>
      [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17].includes(new Date().getUTCHours())
        ? 'UTC'
        : 'Pacific/Kiritimati';

    it('take 25 and 25 check-ins of one person as one', async () => {
      t.clock.set(new Date());
      const user = await t.world.user();
      const { id } = await t.world.group(user, { rule: { timeZone: timeZone() } });
      const token = tokenOf(user);
      const replies = await split(50, (server) => server.post(`/groups/${id}/check-ins`, token));
      expect(tally(replies as Answer[])).toEqual({ 201: 1, 200: 49 });
      for (const { data } of replies) expect(data).toMatchObject({ total: 1, streak: { length: 1 } });
      expect(await rowsOf(id)).toBe(1);
      await expectNoDrift(id);
    });

    it('let ten into a group of ten, of 200 who want to join', async () => {
      t.clock.set(new Date());
      const owner = await t.world.user();
      const guests = await t.world.usersOf(200);
      const { id } = await t.world.group(owner, { maxMembers: 11, rule: { timeZone: timeZone() } });
      const tokens = guests.map(tokenOf);
      const replies = await split(200, (server, index) =>
        server.post(`/groups/${id}/members`, tokens[index]!),
      );
      expect(tally(replies as Answer[])).toEqual({ 201: 10, '409 GROUP_FULL': 190 });
      expect((await as(owner).get(`/groups/${id}`)).data.memberCount).toBe(11);
      await expectNoDrift(id);
    });
  });
