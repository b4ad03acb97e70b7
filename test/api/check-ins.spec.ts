import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID, pagesOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let stranger: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, stranger] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const as = (user: TestUser) => t.api.as(user);
const post = (groupId: number, user: TestUser, note?: string) =>
  as(user).post(`/groups/${groupId}/check-ins`, { note });
const groupWith = async (rule: object = {}, ...members: TestUser[]): Promise<number> =>
  (await t.world.group(ann, { rule: { ...rule }, members })).id;
const statesOf = async (groupId: number, user: TestUser, from: string, to: string): Promise<string[]> =>
  (await as(user).get(`/groups/${groupId}/members/me/calendar?from=${from}&to=${to}`)).data.days.map(
    ({ state }: { state: string }) => state,
  );
const statsOf = async (groupId: number, user: TestUser) =>
  (await as(user).get(`/groups/${groupId}/members/me/stats`)).data;

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'POST /groups/1/check-ins',
    'GET /groups/1/check-ins',
    'GET /check-ins/1',
    'DELETE /groups/1/check-ins/1',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const id = await groupWith();
  await expectRubbishRefused(as(ann), [
    ['POST /groups/1e3/check-ins', 'groupId'],
    ['POST /groups/99999999999999999999/check-ins', 'groupId'],
    [`POST /groups/${id}/check-ins`, 'note', { note: 5 }],
    [`POST /groups/${id}/check-ins`, 'note', { note: 'x'.repeat(1001) }],
    [`POST /groups/${id}/check-ins`, 'note', { note: 'a\u0000b' }],
    [`POST /groups/${id}/check-ins`, 'day', { day: '2026-03-02' }],
    [`GET /groups/${id}/check-ins?day=2026-02-30`, 'day'],
    [`GET /groups/${id}/check-ins?limit=101`, 'limit'],
    [`GET /groups/${id}/check-ins?cursor=rubbish`, 'cursor'],
    [`GET /groups/${id}/check-ins?page=2`, 'page'],
    [`DELETE /groups/${id}/check-ins/-1`, 'id'],
    ['GET /check-ins/x', 'checkInId'],
  ]);
  expect((await as(ann).get(`/groups/${id}/check-ins`)).data.items).toEqual([]);
});

it('keeps those out who are not members, and hides a private group from them', async () => {
  const open = await groupWith();
  const { checkIn } = await t.world.checkIn(open, ann);
  expect(await post(open, stranger)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
  expect(await as(stranger).delete(`/groups/${open}/check-ins/${checkIn.id}`)).toMatchObject({
    status: 403,
    error: 'NOT_MEMBER',
  });
  expect((await as(stranger).get(`/groups/${open}/check-ins`)).data.items).toHaveLength(1);

  const hidden = (await t.world.group(ann, { visibility: 'private' })).id;
  for (const id of [hidden, NO_SUCH_ID]) {
    const notFound = { status: 404, error: 'GROUP_NOT_FOUND' };
    expect(await post(id, stranger)).toMatchObject(notFound);
    expect(await as(stranger).get(`/groups/${id}/check-ins`)).toMatchObject(notFound);
    expect(await as(stranger).delete(`/groups/${id}/check-ins/1`)).toMatchObject(notFound);
  }
});

it('answers 201 to the first check-in of a day and 200 with the same row to every other', async () => {
  const id = await groupWith();
  const first = await post(id, ann, 'five kilometres');
  expect(first).toMatchObject({
    status: 201,
    data: {
      created: true,
      checkIn: { groupId: id, userId: ann.id, day: '2026-03-02', kind: 'normal', checkedAt: START },
      day: '2026-03-02',
      timeZone: 'Asia/Shanghai',
      dayEndsAt: '2026-03-02T16:00:00.000Z',
      streak: { length: 1, unit: 'day', from: '2026-03-02', to: '2026-03-02', atRisk: false },
      total: 1,
    },
  });
  t.clock.advance(HOUR_MS);
  const second = await post(id, ann, 'again');
  expect(second).toMatchObject({ status: 200, data: { created: false, total: 1 } });
  expect(second.data.checkIn).toEqual(first.data.checkIn);
});

it('replays a check-in for the same Idempotency-Key', async () => {
  const id = await groupWith();
  const api = as(ann).with({ 'idempotency-key': 'k1' });
  const first = await api.post(`/groups/${id}/check-ins`, { note: 'x' });
  const replay = await api.post(`/groups/${id}/check-ins`, { note: 'x' });
  expect(replay).toMatchObject({ status: 201, data: first.data });
  expect(replay.headers['idempotency-replayed']).toBe('true');
  expect(await api.post(`/groups/${id}/check-ins`, { note: 'y' })).toMatchObject({
    status: 422,
    code: 11002,
  });
});

describe('today', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('begins at %i o’clock when the group says so', async (dayStartHour) => {
    const id = await groupWith({ dayStartHour });
    const start = Date.parse('2026-03-09T16:00:00.000Z') + dayStartHour * HOUR_MS;
    t.clock.set(new Date(start - 1));
    expect((await post(id, ann)).data).toMatchObject({
      created: true,
      day: '2026-03-09',
      dayEndsAt: new Date(start).toISOString(),
    });
    t.clock.set(new Date(start));
    expect((await post(id, ann)).data).toMatchObject({
      created: true,
      day: '2026-03-10',
      dayEndsAt: new Date(start + DAY_MS).toISOString(),
      streak: { length: 2 },
    });
  });

  it.each([
    ['Pacific/Kiritimati', '2026-03-03', '2026-03-03T10:00:00.000Z'],
    ['Asia/Shanghai', '2026-03-02', '2026-03-02T16:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-02', '2026-03-02T18:15:00.000Z'],
    ['Pacific/Honolulu', '2026-03-02', '2026-03-03T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-03-01', '2026-03-02T11:00:00.000Z'],
  ])('is that of the group in %s: %s', async (timeZone, day, dayEndsAt) => {
    t.clock.set('2026-03-02T10:30:00.000Z');
    const id = await groupWith({ timeZone });
    expect((await post(id, ann)).data).toMatchObject({ day, timeZone, dayEndsAt, checkIn: { day } });
  });

  it.each([
    ['America/New_York', 0, '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
    ['America/New_York', 0, '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
    ['America/New_York', 4, '2026-11-01', '2026-11-01T08:00:00.000Z', 25],
    ['Europe/Berlin', 0, '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', 3, '2026-10-25', '2026-10-25T01:00:00.000Z', 25],
  ])(
    'in %s from %i o’clock: %s is one day although its hours are %s + %i',
    async (timeZone, dayStartHour, day, start, hours) => {
      t.clock.set(new Date(Date.parse(start) - 1));
      const id = await groupWith({ timeZone, dayStartHour });
      const before = (await post(id, ann)).data;
      expect(before).toMatchObject({ created: true, dayEndsAt: start, streak: { length: 1 } });
      const end = Date.parse(start) + hours * HOUR_MS;
      t.clock.set(start);
      expect((await post(id, ann)).data).toMatchObject({
        created: true,
        day,
        dayEndsAt: new Date(end).toISOString(),
        streak: { length: 2 },
      });
      t.clock.set(new Date(end - 1));
      expect((await post(id, ann)).data).toMatchObject({ created: false, day });
      t.clock.set(new Date(end));
      expect((await post(id, ann)).data).toMatchObject({
        created: true,
        streak: { length: 3, from: before.day },
      });
    },
  );
});

describe('the schedule', () => {
  it('lets nobody check in on a weekday off, and joins the days around it', async () => {
    const id = await groupWith({ schedule: 'weekdays', weekdays: [5, 1] });
    t.clock.set('2026-03-06T04:00:00.000Z');
    await t.world.checkIn(id, ann);
    t.clock.advance(DAY_MS);
    expect(await post(id, ann)).toMatchObject({ status: 409, error: 'NOT_DUE_TODAY' });
    t.clock.advance(2 * DAY_MS);
    expect((await post(id, ann)).data.streak).toMatchObject({ length: 2, from: '2026-03-06' });
    expect(await statesOf(id, ann, '2026-03-05', '2026-03-10')).toEqual([
      'NOT_DUE',
      'DONE',
      'NOT_DUE',
      'NOT_DUE',
      'DONE',
      'FUTURE',
    ]);
  });

  it('counts weeks where it asks for some days of a week', async () => {
    const id = await groupWith({ schedule: 'perWeek', timesPerWeek: 2 });
    expect(await statesOf(id, ann, '2026-03-02', '2026-03-02')).toEqual(['PENDING']);
    expect((await t.world.checkIn(id, ann)).streak).toMatchObject({ length: 0, unit: 'week' });
    t.clock.advance(DAY_MS);
    expect((await t.world.checkIn(id, ann)).streak).toMatchObject({ length: 1, from: '2026-03-02' });
    t.clock.advance(DAY_MS);
    expect(await statesOf(id, ann, '2026-03-02', '2026-03-04')).toEqual(['DONE', 'DONE', 'COVERED']);
    expect((await t.world.checkIn(id, ann)).streak).toMatchObject({ length: 1, to: '2026-03-04' });
    t.clock.set('2026-03-14T04:00:00.000Z');
    expect((await statsOf(id, ann)).streak).toMatchObject({ length: 1, atRisk: true });
    await t.world.checkIn(id, ann);
    t.clock.advance(DAY_MS);
    expect((await t.world.checkIn(id, ann)).streak).toMatchObject({ length: 2, atRisk: false });
    // One of two in the next week: its last day was missed, no other, and the run is over.
    t.clock.advance(DAY_MS);
    await t.world.checkIn(id, ann);
    t.clock.set('2026-03-23T04:00:00.000Z');
    expect(await statesOf(id, ann, '2026-03-15', '2026-03-22')).toEqual([
      'DONE',
      'DONE',
      'NOT_DUE',
      'NOT_DUE',
      'NOT_DUE',
      'NOT_DUE',
      'NOT_DUE',
      'MISSED',
    ]);
    expect(await statsOf(id, ann)).toMatchObject({
      streak: { length: 0 },
      longest: { length: 2, unit: 'week' },
    });
  });

  it('keeps past days under the version that held on them', async () => {
    const id = await groupWith();
    await t.world.checkIn(id, ann);
    t.clock.set('2026-03-05T04:00:00.000Z');
    await t.world.checkIn(id, ann);
    const patch = { rule: { schedule: 'weekdays', weekdays: [6] } };
    expect((await as(ann).patch(`/groups/${id}`, patch)).data).toMatchObject({
      rule: { schedule: 'daily' },
      nextRule: { schedule: 'weekdays', effectiveFrom: '2026-03-06' },
    });
    t.clock.set('2026-03-07T04:00:00.000Z');
    expect((await post(id, ann)).data.streak).toMatchObject({ length: 2, from: '2026-03-05' });
    expect(await statesOf(id, ann, '2026-03-01', '2026-03-08')).toEqual([
      'BEFORE_START',
      'DONE',
      'MISSED',
      'MISSED',
      'DONE',
      'NOT_DUE',
      'DONE',
      'FUTURE',
    ]);
    // Times per week begin on a Monday, and weeks are never compared with days.
    await as(ann).patch(`/groups/${id}`, { rule: { schedule: 'perWeek', timesPerWeek: 1 } });
    t.clock.set('2026-03-09T04:00:00.000Z');
    expect(await statsOf(id, ann)).toMatchObject({
      streak: { length: 0, unit: 'week' },
      longest: { length: 0 },
    });
    expect((await post(id, ann)).data.streak).toMatchObject({ length: 1, unit: 'week' });
  });

  it('never repeats or takes back a day when the zone changes', async () => {
    const id = await groupWith({ timeZone: 'Pacific/Honolulu' });
    t.clock.set('2026-03-02T10:30:00.000Z');
    expect(await t.world.checkIn(id, ann)).toMatchObject({ day: '2026-03-02' });
    await as(ann).patch(`/groups/${id}`, { rule: { timeZone: 'Pacific/Kiritimati' } });
    // In Kiritimati 3 March has begun: the first day there is the 4th, before which Honolulu knows no 3rd.
    t.clock.set('2026-03-03T09:59:59.999Z');
    expect((await post(id, ann)).data).toMatchObject({ created: false, day: '2026-03-02' });
    t.clock.set('2026-03-03T10:00:00.000Z');
    expect(await t.world.checkIn(id, ann)).toMatchObject({ day: '2026-03-04', streak: { length: 2 } });
    expect(await statesOf(id, ann, '2026-03-02', '2026-03-04')).toEqual(['DONE', 'NOT_DUE', 'DONE']);
    const { days } = (await as(ann).get(`/groups/${id}/calendar`)).data;
    expect(days.slice(1, 4)).toMatchObject([{ due: 1 }, { due: 0, rate: null }, { due: 1 }]);
  });
});

describe('notes', () => {
  it('are as long as the group demands, counted in characters', async () => {
    const id = await groupWith({ minNoteLength: 5 });
    expect(await post(id, ann, '')).toMatchObject({ status: 400, error: 'NOTE_TOO_SHORT' });
    expect(await post(id, ann, '😀😀😀😀')).toMatchObject({ status: 400, error: 'NOTE_TOO_SHORT' });
    expect(await post(id, ann, '  1234  ')).toMatchObject({ status: 400, error: 'NOTE_TOO_SHORT' });
    expect(await post(id, ann, '你好世界啊')).toMatchObject({
      status: 201,
      data: { checkIn: { note: '你好世界啊' } },
    });
  });

  it('are not for one who is muted, who checks in without', async () => {
    const id = await groupWith({ minNoteLength: 5 }, ben);
    const mutedUntil = new Date(t.clock.now().getTime() + DAY_MS).toISOString();
    expectStatus(200, await as(ann).patch(`/groups/${id}/members/${ben.id}`, { mutedUntil }));
    expect(await post(id, ben, 'let me speak')).toMatchObject({ status: 403, error: 'MUTED' });
    expect(await post(id, ben)).toMatchObject({ status: 201, data: { checkIn: { note: '' } } });
    t.clock.advance(DAY_MS);
    expect(await post(id, ben)).toMatchObject({ status: 400, error: 'NOTE_TOO_SHORT' });
    expect(await post(id, ben, 'at last')).toMatchObject({ status: 201 });
  });
});

describe('taking a check-in back', () => {
  const undo = (groupId: number, user: TestUser, id: number) =>
    as(user).delete(`/groups/${groupId}/check-ins/${id}`);

  it('puts totals and streak back, and doing it again revives the same row', async () => {
    const id = await groupWith({}, ben);
    await t.world.checkIn(id, ann);
    t.clock.advance(DAY_MS);
    const { checkIn } = await t.world.checkIn(id, ann, 'first try');
    expect(await undo(id, ann, checkIn.id)).toMatchObject({ status: 200, data: null });
    expect(await undo(id, ann, checkIn.id)).toMatchObject({ status: 200, data: null });
    expect(await statsOf(id, ann)).toMatchObject({
      streak: { length: 1, to: '2026-03-02', atRisk: true },
      longest: { length: 1 },
      total: 1,
      thisWeek: 1,
    });
    expect((await as(ann).get(`/groups/${id}/check-ins`)).data.items).toHaveLength(1);
    expect((await as(ann).get(`/groups/${id}/stats`)).data).toMatchObject({ total: 1, today: { done: 0 } });
    t.clock.advance(HOUR_MS);
    expect(await post(id, ann, 'second try')).toMatchObject({
      status: 201,
      data: {
        checkIn: { id: checkIn.id, note: 'second try', checkedAt: t.clock.now().toISOString() },
        streak: { length: 2 },
        total: 2,
      },
    });
  });

  it('is for its author and its day only', async () => {
    const id = await groupWith({}, ben);
    const other = await groupWith();
    const { checkIn } = await t.world.checkIn(id, ann);
    expect(await undo(id, ben, checkIn.id)).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    expect(await undo(other, ann, checkIn.id)).toMatchObject({ status: 404, error: 'CHECK_IN_NOT_FOUND' });
    expect(await undo(id, ann, NO_SUCH_ID)).toMatchObject({ status: 404, error: 'CHECK_IN_NOT_FOUND' });
    t.clock.set('2026-03-02T16:00:00.000Z');
    expect(await undo(id, ann, checkIn.id)).toMatchObject({ status: 409, error: 'UNDO_TOO_LATE' });
    expect((await statsOf(id, ann)).total).toBe(1);
  });
});

describe('the feed', () => {
  it('shows the newest first, page by page, of all days or of one', async () => {
    const id = await groupWith({}, ben);
    for (let day = 0; day < 3; day++) {
      await t.world.checkIn(id, ann, `ann ${day}`);
      // At the same instant: the id decides.
      await t.world.checkIn(id, ben, `ben ${day}`);
      t.clock.advance(DAY_MS);
    }
    const notes = (items: { note: string }[]) => items.map(({ note }) => note);
    // What is new meanwhile neither shifts nor doubles anything.
    const items = await pagesOf(as(stranger), `/groups/${id}/check-ins`, 2, (page) =>
      page === 1 ? t.world.checkIn(id, ann, 'new') : Promise.resolve(),
    );
    expect(notes(items)).toEqual(['ben 2', 'ann 2', 'ben 1', 'ann 1', 'ben 0', 'ann 0']);
    expect(items[0].user).toEqual({ id: ben.id, nickname: ben.nickname, avatarUrl: null });
    const ofDay = await pagesOf(as(ann), `/groups/${id}/check-ins?day=2026-03-03`, 1);
    expect(notes(ofDay)).toEqual(['ben 1', 'ann 1']);
  });
});

describe('one check-in', () => {
  it('is shown as the feed shows it, until it is taken back', async () => {
    const id = await groupWith({}, ben);
    const { checkIn } = await t.world.checkIn(id, ben, 'five kilometres');
    expectStatus(200, await as(ann).put(`/check-ins/${checkIn.id}/like`));
    const shown = (user: TestUser) => as(user).get(`/check-ins/${checkIn.id}`);
    const [item] = (await as(ann).get(`/groups/${id}/check-ins`)).data.items;
    expect((await shown(ann)).data).toEqual(item);
    expect(item).toMatchObject({ id: checkIn.id, groupId: id, liked: true, likeCount: 1 });
    expect((await shown(stranger)).data).toEqual({ ...item, liked: false });
    expectStatus(200, await as(ben).delete(`/groups/${id}/check-ins/${checkIn.id}`));
    expect(await shown(ann)).toMatchObject({ status: 404, error: 'CHECK_IN_NOT_FOUND' });
  });

  it('of a private group is for its members', async () => {
    const { id } = await t.world.group(ann, { visibility: 'private', members: [ben] });
    const { checkIn } = await t.world.checkIn(id, ben);
    expectStatus(200, await as(ann).get(`/check-ins/${checkIn.id}`));
    for (const hidden of [checkIn.id, NO_SUCH_ID]) {
      const answer = await as(stranger).get(`/check-ins/${hidden}`);
      expect(answer).toMatchObject({ status: 404, error: 'CHECK_IN_NOT_FOUND' });
    }
  });
});

describe('leaving and coming back', () => {
  const leave = (groupId: number) => as(ben).delete(`/groups/${groupId}/members/me`);
  const comeBack = async (groupId: number) =>
    expectStatus(201, await as(ben).post(`/groups/${groupId}/members`));

  it('takes a member off feed, boards and counts at once, and gives him his history back', async () => {
    const id = await groupWith({}, ben);
    for (let day = 0; day < 3; day++) {
      await t.world.checkIn(id, ben);
      t.clock.advance(DAY_MS);
    }
    await t.world.checkIn(id, ann);
    expectStatus(200, await leave(id));
    const get = async (path: string) => (await as(ann).get(`/groups/${id}${path}`)).data;
    expect((await get('/check-ins')).items).toHaveLength(1);
    for (const board of ['streak', 'longest', 'total', 'week', 'month'])
      expect((await get(`/leaderboard?board=${board}`)).items).toHaveLength(1);
    expect(await get('/stats')).toMatchObject({ memberCount: 1, total: 1, today: { due: 1, done: 1 } });
    expect(await get('/days/2026-03-02')).toMatchObject({ due: 1, done: 0, items: [] });
    expect(await as(ann).get(`/groups/${id}/members/${ben.id}/stats`)).toMatchObject({
      status: 404,
      error: 'MEMBER_NOT_FOUND',
    });
    expect(await statsOf(id, ben)).toMatchObject({ streak: { length: 0 }, longest: { length: 3 }, total: 3 });

    t.clock.advance(2 * DAY_MS);
    await comeBack(id);
    expect(await statsOf(id, ben)).toMatchObject({ streak: { length: 0 }, longest: { length: 3 }, total: 3 });
    expect(await t.world.checkIn(id, ben)).toMatchObject({ streak: { length: 1 }, total: 4 });
    expect(await statesOf(id, ben, '2026-03-01', '2026-03-08')).toEqual([
      'BEFORE_START',
      'DONE',
      'DONE',
      'DONE',
      'MISSED',
      'NOT_MEMBER',
      'DONE',
      'FUTURE',
    ]);
    expect((await get('/days/2026-03-02')).done).toBe(1);
    expect((await get('/calendar')).days.slice(1, 7)).toMatchObject([
      { due: 2, done: 1 },
      { due: 2, done: 1 },
      { due: 2, done: 1 },
      { due: 2, done: 1 },
      { due: 1, done: 0 },
      { due: 2, done: 1 },
    ]);
  });

  it('goes on with the streak of one who is back on the same day', async () => {
    const id = await groupWith({}, ben);
    await t.world.checkIn(id, ben);
    t.clock.advance(DAY_MS);
    await t.world.checkIn(id, ben);
    expectStatus(200, await leave(id));
    t.clock.advance(HOUR_MS);
    await comeBack(id);
    expect((await statsOf(id, ben)).streak).toMatchObject({ length: 2, from: '2026-03-02' });
    expect(await post(id, ben)).toMatchObject({ status: 200, data: { created: false, total: 2 } });
    t.clock.advance(DAY_MS);
    expect((await t.world.checkIn(id, ben)).streak.length).toBe(3);
    expect((await as(ann).get(`/groups/${id}/leaderboard`)).data.items[0]).toMatchObject({ value: 3 });
  });

  it('ends the streak of one who is back the next day', async () => {
    const id = await groupWith({}, ben);
    await t.world.checkIn(id, ben);
    expectStatus(200, await leave(id));
    t.clock.advance(DAY_MS);
    await comeBack(id);
    expect((await t.world.checkIn(id, ben)).streak.length).toBe(1);
    expect(await statesOf(id, ben, '2026-03-02', '2026-03-03')).toEqual(['DONE', 'DONE']);
  });

  it('owes the week anew to a group of times per week', async () => {
    const id = await groupWith({ schedule: 'perWeek', timesPerWeek: 1 }, ben);
    await t.world.checkIn(id, ben);
    expectStatus(200, await leave(id));
    t.clock.advance(2 * DAY_MS);
    await comeBack(id);
    const today = (await as(ben).get('/me/today')).data.items.find(
      ({ groupId }: { groupId: number }) => groupId === id,
    );
    expect(today).toMatchObject({ state: 'PENDING', streak: { length: 0 } });
    expect(await statesOf(id, ben, '2026-03-04', '2026-03-04')).toEqual(['PENDING']);
    const pending = (await as(ann).get(`/groups/${id}/days/2026-03-04?state=pending`)).data.items;
    expect(pending.map(({ user }: { user: { id: number } }) => user.id)).toEqual([ann.id, ben.id]);
  });
});
