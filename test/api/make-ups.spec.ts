import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID } from '../support/requests.js';
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

const DAY_MS = 24 * 3_600_000;
const as = (user: TestUser) => t.api.as(user);
const makeUp = (groupId: number, day: string, reason = 'on a plane', user = ann) =>
  as(user).post(`/groups/${groupId}/make-ups`, { day, reason });
const quotaOf = async (groupId: number, user = ann) =>
  (await as(user).get(`/groups/${groupId}/make-ups/quota`)).data;
const statsOf = async (groupId: number, user = ann) =>
  (await as(user).get(`/groups/${groupId}/members/me/stats`)).data;

/** A group of ann's from 2 March on, seen at noon of a later day. */
async function groupOn(day: string, rule: Record<string, unknown> = {}): Promise<number> {
  const { id } = await t.world.group(ann, { rule });
  t.clock.set(`${day}T04:00:00.000Z`);
  return id;
}

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, ['GET /groups/1/make-ups/quota', 'POST /groups/1/make-ups']);
});

it('refuses rubbish and names the field', async () => {
  const id = await groupOn('2026-03-05');
  await expectRubbishRefused(as(ann), [
    ['GET /groups/0/make-ups/quota', 'groupId'],
    [`GET /groups/${id}/make-ups/quota?day=2026-03-04`, 'day'],
    [`POST /groups/${id}/make-ups`, 'day', { reason: 'on a plane' }],
    [`POST /groups/${id}/make-ups`, 'day', { day: '2026-02-30', reason: 'on a plane' }],
    [`POST /groups/${id}/make-ups`, 'day', { day: 20260304, reason: 'on a plane' }],
    [`POST /groups/${id}/make-ups`, 'reason', { day: '2026-03-04' }],
    [`POST /groups/${id}/make-ups`, 'reason', { day: '2026-03-04', reason: 'x'.repeat(201) }],
    [`POST /groups/${id}/make-ups`, 'userId', { day: '2026-03-04', reason: 'on a plane', userId: ben.id }],
  ]);
  expect(await quotaOf(id)).toMatchObject({ used: 0 });
});

it('is for members', async () => {
  const id = await groupOn('2026-03-05');
  const notMember = { status: 403, error: 'NOT_MEMBER' };
  expect(await makeUp(id, '2026-03-04', undefined, ben)).toMatchObject(notMember);
  expect(await as(ben).get(`/groups/${id}/make-ups/quota`)).toMatchObject(notMember);
  const hidden = (await t.world.group(ann, { visibility: 'private' })).id;
  for (const groupId of [hidden, NO_SUCH_ID]) {
    const notFound = { status: 404, error: 'GROUP_NOT_FOUND' };
    expect(await makeUp(groupId, '2026-03-04', undefined, ben)).toMatchObject(notFound);
    expect(await as(ben).get(`/groups/${groupId}/make-ups/quota`)).toMatchObject(notFound);
  }
});

it('joins two runs: 3 days, one missed and made up, 4 days make 8', async () => {
  const id = (await t.world.group(ann)).id;
  for (let day = 0; day < 8; day++) {
    if (day !== 3) await t.world.checkIn(id, ann);
    if (day < 7) t.clock.advance(DAY_MS);
  }
  expect(await statsOf(id)).toMatchObject({ streak: { length: 4 }, longest: { length: 4 }, total: 7 });
  expect(await quotaOf(id)).toEqual({
    allowed: true,
    limit: 3,
    used: 0,
    remaining: 3,
    month: '2026-03',
    windowDays: 7,
    minReasonLength: 5,
    eligibleDays: ['2026-03-05'],
  });
  expect(await makeUp(id, '2026-03-05')).toMatchObject({
    status: 201,
    data: {
      checkIn: {
        day: '2026-03-05',
        kind: 'makeup',
        note: 'on a plane',
        checkedAt: t.clock.now().toISOString(),
      },
      streak: { length: 8, from: '2026-03-02', to: '2026-03-09' },
      total: 8,
      remaining: 2,
    },
  });
  expect(await statsOf(id)).toMatchObject({
    longest: { length: 8 },
    total: 8,
    makeUps: 1,
    thisWeek: 1,
    thisMonth: 8,
  });
  expect(await quotaOf(id)).toMatchObject({ used: 1, remaining: 2, eligibleDays: [] });
});

describe('refusals', () => {
  it.each([
    ['a group that does not allow it', '2026-03-04', { makeUpAllowed: false }, 403, 'MAKE_UP_NOT_ALLOWED'],
    ['a day to come', '2026-03-12', {}, 400, 'MAKE_UP_FUTURE'],
    ['today', '2026-03-11', {}, 400, 'MAKE_UP_TODAY'],
    ['a day before the group began', '2026-03-01', {}, 409, 'MAKE_UP_NOT_MEMBER_THEN'],
    ['a day long ago', '1970-01-01', {}, 409, 'MAKE_UP_NOT_MEMBER_THEN'],
    ['a day that is done', '2026-03-02', {}, 409, 'MAKE_UP_NOTHING_MISSED'],
    ['a weekday off', '2026-03-08', { schedule: 'weekdays', weekdays: [1, 2, 3] }, 409, 'MAKE_UP_NOT_DUE'],
    [
      'a day of a week that has enough',
      '2026-03-03',
      { schedule: 'perWeek', timesPerWeek: 1 },
      409,
      'MAKE_UP_NOT_DUE',
    ],
    [
      'a day of the week that can still be had',
      '2026-03-09',
      { schedule: 'perWeek', timesPerWeek: 3 },
      409,
      'MAKE_UP_NOT_DUE',
    ],
    ['a day outside the window', '2026-03-03', {}, 409, 'MAKE_UP_OUTSIDE_WINDOW'],
    ['a reason of four characters', '2026-03-10', {}, 400, 'MAKE_UP_REASON_TOO_SHORT', '😀😀😀😀'],
    ['a month without make-ups', '2026-03-10', { makeUpMonthlyLimit: 0 }, 409, 'MAKE_UP_QUOTA_USED'],
  ])('of %s', async (_what, day, rule, status, error, reason?: string) => {
    const id = (await t.world.group(ann, { rule })).id;
    await t.world.checkIn(id, ann);
    t.clock.set('2026-03-11T04:00:00.000Z');
    expect(await makeUp(id, day, reason)).toMatchObject({ status, error });
    expect(await quotaOf(id)).toMatchObject({ used: 0 });
    expect((await statsOf(id)).total).toBe(1);
  });

  it('of the day before joining, and of days away', async () => {
    const id = await groupOn('2026-03-04');
    await t.world.join(id, ben, ann);
    t.clock.advance(DAY_MS);
    expectStatus(200, await as(ben).delete(`/groups/${id}/members/me`));
    t.clock.advance(2 * DAY_MS);
    await t.world.join(id, ben, ann);
    t.clock.advance(DAY_MS);
    const notThen = { status: 409, error: 'MAKE_UP_NOT_MEMBER_THEN' };
    expect(await makeUp(id, '2026-03-03', undefined, ben)).toMatchObject(notThen);
    expect(await makeUp(id, '2026-03-06', undefined, ben)).toMatchObject(notThen);
    expect((await quotaOf(id, ben)).eligibleDays).toEqual(['2026-03-07', '2026-03-05', '2026-03-04']);
  });
});

describe('the window', () => {
  it('reaches as many days back as the group says, and no further', async () => {
    const id = await groupOn('2026-03-10', { makeUpWindowDays: 2 });
    expect((await quotaOf(id)).eligibleDays).toEqual(['2026-03-09', '2026-03-08']);
    expect(await makeUp(id, '2026-03-07')).toMatchObject({ error: 'MAKE_UP_OUTSIDE_WINDOW' });
    expect(await makeUp(id, '2026-03-08')).toMatchObject({ status: 201 });
  });

  it('follows today’s rule, not that of the missed day', async () => {
    const id = await groupOn('2026-03-10');
    await as(ann).patch(`/groups/${id}`, { rule: { makeUpAllowed: false } });
    expect(await makeUp(id, '2026-03-09')).toMatchObject({ status: 201 });
    t.clock.advance(DAY_MS);
    expect(await makeUp(id, '2026-03-08')).toMatchObject({ error: 'MAKE_UP_NOT_ALLOWED' });
    expect(await quotaOf(id)).toMatchObject({ allowed: false, remaining: 0, eligibleDays: [] });
  });
});

describe('the quota', () => {
  it('is used up by as many make-ups, and is new in a new month of the group', async () => {
    const id = await groupOn('2026-03-31', { makeUpMonthlyLimit: 2 });
    expect((await makeUp(id, '2026-03-30')).data.remaining).toBe(1);
    expect((await makeUp(id, '2026-03-29')).data.remaining).toBe(0);
    expect(await makeUp(id, '2026-03-28')).toMatchObject({ status: 409, error: 'MAKE_UP_QUOTA_USED' });
    expect(await quotaOf(id)).toMatchObject({ used: 2, remaining: 0, eligibleDays: [], month: '2026-03' });
    expect((await statsOf(id)).total).toBe(2);
    // April in Shanghai, still March in London: the month is that of the action.
    t.clock.set('2026-03-31T16:00:00.000Z');
    expect(await quotaOf(id)).toMatchObject({
      used: 0,
      remaining: 2,
      month: '2026-04',
      eligibleDays: ['2026-03-31', '2026-03-28', '2026-03-27', '2026-03-26', '2026-03-25'],
    });
    expect(await makeUp(id, '2026-03-28')).toMatchObject({ status: 201, data: { remaining: 1 } });
  });

  it('comes back with a make-up that is taken back on the day it was made, and not later', async () => {
    const id = await groupOn('2026-03-10', { makeUpMonthlyLimit: 1 });
    const { checkIn } = (await makeUp(id, '2026-03-08')).data;
    const undo = () => as(ann).delete(`/groups/${id}/check-ins/${checkIn.id}`);
    expect(await undo()).toMatchObject({ status: 200 });
    expect(await quotaOf(id)).toMatchObject({ used: 0, remaining: 1 });
    expect(await statsOf(id)).toMatchObject({ total: 0, makeUps: 0, streak: { length: 0 } });
    expect(await undo()).toMatchObject({ status: 200 });
    expect(await quotaOf(id)).toMatchObject({ used: 0 });
    const again = (await makeUp(id, '2026-03-08', 'on a second plane')).data.checkIn;
    expect(again).toMatchObject({ id: checkIn.id, note: 'on a second plane' });
    t.clock.advance(DAY_MS);
    expect(await undo()).toMatchObject({ status: 409, error: 'UNDO_TOO_LATE' });
    expect(await quotaOf(id)).toMatchObject({ used: 1 });
  });

  it('is not refilled by leaving and coming back', async () => {
    const id = await groupOn('2026-03-10', { makeUpMonthlyLimit: 1 });
    await t.world.join(id, ben, ann);
    t.clock.advance(2 * DAY_MS);
    expect(await makeUp(id, '2026-03-11', undefined, ben)).toMatchObject({ status: 201 });
    expectStatus(200, await as(ben).delete(`/groups/${id}/members/me`));
    await t.world.join(id, ben, ann);
    expect(await quotaOf(id, ben)).toMatchObject({ used: 1, remaining: 0 });
    expect(await makeUp(id, '2026-03-10', undefined, ben)).toMatchObject({ error: 'MAKE_UP_QUOTA_USED' });
  });

  it('is a person’s own in each group', async () => {
    const id = await groupOn('2026-03-10', { makeUpMonthlyLimit: 1 });
    expect(await makeUp(id, '2026-03-09')).toMatchObject({ status: 201 });
    t.clock.set(START);
    const other = await groupOn('2026-03-10', { makeUpMonthlyLimit: 1 });
    expect(await quotaOf(other)).toMatchObject({ used: 0 });
    expect(await makeUp(other, '2026-03-09')).toMatchObject({ status: 201 });
  });
});

it('fills a week of times per week that was missed, and revives its streak', async () => {
  const id = (await t.world.group(ann, { rule: { schedule: 'perWeek', timesPerWeek: 2 } })).id;
  await t.world.checkIn(id, ann);
  t.clock.set('2026-03-09T04:00:00.000Z');
  // One check-in of two: the week lacks one, which its last day stands for.
  expect((await quotaOf(id)).eligibleDays).toEqual(['2026-03-08']);
  expect((await makeUp(id, '2026-03-08')).data.streak).toMatchObject({
    length: 1,
    unit: 'week',
    from: '2026-03-02',
  });
  // The week has enough now: its other days are covered.
  expect(await makeUp(id, '2026-03-07')).toMatchObject({ error: 'MAKE_UP_NOT_DUE' });
});

it('keeps a made-up day when today’s check-in is taken back', async () => {
  const id = await groupOn('2026-03-04');
  await makeUp(id, '2026-03-03');
  const { checkIn } = await t.world.checkIn(id, ann);
  expect((await statsOf(id)).streak.length).toBe(2);
  await as(ann).delete(`/groups/${id}/check-ins/${checkIn.id}`);
  expect(await statsOf(id)).toMatchObject({
    streak: { length: 1, to: '2026-03-03', atRisk: true },
    makeUps: 1,
  });
});
