import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { picture } from '../support/pictures.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID, pagesOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
let stranger: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat, stranger] = (await t.world.usersOf(4)) as [TestUser, TestUser, TestUser, TestUser];
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const DAY_MS = 24 * 3_600_000;
const as = (user: TestUser) => t.api.as(user);
const get = async (groupId: number, path: string, user = ann) =>
  expectStatus(200, await as(user).get(`/groups/${groupId}${path}`)).data;
interface Cell {
  day: string;
  state: string;
}
const names = (items: { user: { id: number } }[]) =>
  items.map(({ user }) => [ann, ben, cat].find(({ id }) => id === user.id)?.nickname);

/** Checks in on each day of `marks` that has an x; `marks` begins on the clock's day, which moves on past its end. */
async function live(groupId: number, marks: Map<TestUser, string>): Promise<void> {
  const days = Math.max(...[...marks.values()].map(({ length }) => length));
  for (let day = 0; day < days; day++) {
    for (const [user, mark] of marks) if (mark[day] === 'x') await t.world.checkIn(groupId, user);
    if (day < days - 1) t.clock.advance(DAY_MS);
  }
}

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'GET /me/today',
    'GET /me/calendar?from=2026-03-01&to=2026-03-02',
    'GET /groups/1/members/me/calendar?from=2026-03-01&to=2026-03-02',
    'GET /groups/1/members/me/stats',
    'GET /groups/1/calendar',
    'GET /groups/1/days/2026-03-02',
    'GET /groups/1/stats',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const { id } = await t.world.group(ann);
  await expectRubbishRefused(as(ann), [
    ['GET /me/today?limit=0', 'limit'],
    ['GET /me/today?cursor=rubbish', 'cursor'],
    ['GET /me/calendar?to=2026-03-01', 'from'],
    ['GET /me/calendar?from=2026-02-29&to=2026-03-01', 'from'],
    ['GET /me/calendar?from=2026-03-01&to=2026-03-01&zone=UTC', 'zone'],
    ['GET /groups/x/stats', 'groupId'],
    [`GET /groups/${id}/members/you/stats`, 'userId'],
    [`GET /groups/${id}/members/me/calendar?from=2026-03-01`, 'to'],
    [`GET /groups/${id}/members/me/calendar?from=2026-02-29&to=2026-03-01`, 'from'],
    [`GET /groups/${id}/members/me/calendar?from=2026-03-01&to=2026-03-01&zone=UTC`, 'zone'],
    [`GET /groups/${id}/calendar?month=2026-13`, 'month'],
    [`GET /groups/${id}/calendar?month=2026-3`, 'month'],
    [`GET /groups/${id}/days/yesterday`, 'day'],
    [`GET /groups/${id}/days/2026-02-30`, 'day'],
    [`GET /groups/${id}/days/2026-03-02?state=late`, 'state'],
    [`GET /groups/${id}/days/2026-03-02?cursor=rubbish`, 'cursor'],
    [`GET /groups/${id}/days/2026-03-02?state=pending&cursor=rubbish`, 'cursor'],
  ]);
});

it('hides a private group, and members who do not exist', async () => {
  const hidden = (await t.world.group(ann, { visibility: 'private' })).id;
  for (const id of [hidden, NO_SUCH_ID])
    for (const path of [
      '/members/me/calendar?from=2026-03-01&to=2026-03-02',
      '/members/me/stats',
      '/calendar',
      '/days/2026-03-02',
      '/stats',
    ])
      expect(await as(stranger).get(`/groups/${id}${path}`), path).toMatchObject({
        status: 404,
        error: 'GROUP_NOT_FOUND',
      });
  const open = (await t.world.group(ann)).id;
  for (const user of ['me', ben.id, NO_SUCH_ID])
    for (const path of [`/members/${user}/calendar?from=2026-03-01&to=2026-03-02`, `/members/${user}/stats`])
      expect(await as(stranger).get(`/groups/${open}${path}`)).toMatchObject({
        status: 404,
        error: 'MEMBER_NOT_FOUND',
      });
});

describe('the calendar of a member', () => {
  it('has every date of the range once, with its state, and sums them up', async () => {
    t.clock.set('2026-02-27T04:00:00.000Z');
    const { id } = await t.world.group(ann, { rule: { schedule: 'weekdays', weekdays: [1, 2, 3, 4, 5] } });
    await live(id, new Map([[ann, 'x--x-xx-']]));
    await as(ann).post(`/groups/${id}/make-ups`, { day: '2026-03-03', reason: 'on a plane' });
    const { items } = await get(id, '/check-ins');
    const ids = new Map<string, number>(items.map((item: Cell & { id: number }) => [item.day, item.id]));
    expect(ids.size).toBe(5);
    const calendar = await get(id, '/members/me/calendar?from=2026-02-25&to=2026-03-08');
    expect(calendar).toEqual({
      userId: ann.id,
      today: '2026-03-06',
      timeZone: 'Asia/Shanghai',
      days: [
        ['2026-02-25', 'BEFORE_START'],
        ['2026-02-26', 'BEFORE_START'],
        ['2026-02-27', 'DONE'],
        ['2026-02-28', 'NOT_DUE'],
        ['2026-03-01', 'NOT_DUE'],
        ['2026-03-02', 'DONE'],
        ['2026-03-03', 'MAKEUP'],
        ['2026-03-04', 'DONE'],
        ['2026-03-05', 'DONE'],
        ['2026-03-06', 'PENDING'],
        ['2026-03-07', 'FUTURE'],
        ['2026-03-08', 'FUTURE'],
      ].map(([day, state]) => ({ day, state, checkInId: ids.get(day!) ?? null })),
      summary: { done: 4, makeUps: 1, missed: 0, due: 6, rate: 1 },
    });
    // The same for whoever looks, and by id.
    const range = '/calendar?from=2026-02-25&to=2026-03-08';
    expect(await get(id, `/members/${ann.id}${range}`, stranger)).toEqual(calendar);
  });

  it('is of 400 days at most, the 29th of February and days of 23 hours among them', async () => {
    const { id } = await t.world.group(ann, { rule: { timeZone: 'America/New_York' } });
    const { days } = await get(id, '/members/me/calendar?from=2027-12-01&to=2029-01-03');
    expect(days).toHaveLength(400);
    const all = days.map(({ day }: Cell) => day);
    expect(new Set(all).size).toBe(400);
    expect(all).toEqual(all.toSorted());
    expect(all).toContain('2028-02-29');
    for (const range of ['from=2027-12-01&to=2029-01-04', 'from=2026-03-02&to=2026-03-01'])
      expect(await as(ann).get(`/groups/${id}/members/me/calendar?${range}`)).toMatchObject({
        status: 400,
        error: 'DAY_RANGE',
      });
  });

  it('answers for the ends of time', async () => {
    const { id } = await t.world.group(ann);
    for (const [from, to, state] of [
      ['1900-01-01', '1900-01-03', 'BEFORE_START'],
      ['2999-12-29', '2999-12-31', 'FUTURE'],
    ])
      expect((await get(id, `/members/me/calendar?from=${from}&to=${to}`)).days).toMatchObject(
        [{ day: from }, {}, { day: to }].map((cell) => ({ ...cell, state })),
      );
    for (const day of ['1900-01-01', '2999-12-31'])
      for (const state of ['done', 'pending'])
        expect(await get(id, `/days/${day}?state=${state}`)).toMatchObject({
          day,
          due: 0,
          done: 0,
          items: [],
        });
    for (const month of ['1900-01', '2999-12'])
      expect((await get(id, `/calendar?month=${month}`)).days).toHaveLength(31);
  });
});

describe('the figures of a member', () => {
  it('are streak, longest, totals, rate, weekdays and hours', async () => {
    const { id } = await t.world.group(ann);
    await live(id, new Map([[ann, 'xxx-xxxxx-xx']]));
    t.clock.advance(DAY_MS + 9 * 3_600_000);
    await t.world.checkIn(id, ann);
    await as(ann).post(`/groups/${id}/make-ups`, { day: '2026-03-11', reason: 'on a plane' });
    expect(await get(id, `/members/${ann.id}/stats`, stranger)).toEqual({
      user: { id: ann.id, nickname: ann.nickname, avatarUrl: null },
      today: '2026-03-14',
      timeZone: 'Asia/Shanghai',
      streak: { length: 9, unit: 'day', from: '2026-03-06', to: '2026-03-14', atRisk: false },
      longest: { length: 9, unit: 'day' },
      total: 12,
      makeUps: 1,
      thisWeek: 6,
      thisMonth: 12,
      year: {
        from: '2025-03-15',
        to: '2026-03-14',
        done: 11,
        makeUps: 1,
        missed: 1,
        due: 13,
        rate: 12 / 13,
        byWeekday: [2, 2, 2, 1, 2, 2, 1],
        byHour: Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 10 : hour === 21 ? 1 : 0)),
      },
    });
  });

  it('say that a streak is at risk until today is done, and that it is over when today was missed', async () => {
    const { id } = await t.world.group(ann);
    await live(id, new Map([[ann, 'xx-']]));
    expect((await get(id, '/members/me/stats')).streak).toMatchObject({ length: 2, atRisk: true });
    t.clock.set('2026-03-04T15:59:59.999Z');
    expect((await get(id, '/members/me/stats')).streak).toMatchObject({ length: 2, atRisk: true });
    t.clock.set('2026-03-04T16:00:00.000Z');
    expect(await get(id, '/members/me/stats')).toMatchObject({
      streak: { length: 0, from: null, to: null, atRisk: false },
      longest: { length: 2 },
      thisWeek: 2,
    });
    t.clock.set('2026-03-09T04:00:00.000Z');
    expect(await get(id, '/members/me/stats')).toMatchObject({ total: 2, thisWeek: 0, thisMonth: 2 });
    t.clock.set('2026-04-01T04:00:00.000Z');
    expect(await get(id, '/members/me/stats')).toMatchObject({ total: 2, thisMonth: 0 });
  });
});

describe('the calendar of a group', () => {
  it('says per day how many were due and how many have done it, as counting its members says', async () => {
    const { id } = await t.world.group(ann, {
      rule: { schedule: 'weekdays', weekdays: [1, 2, 3, 4, 6] },
      members: [ben],
    });
    await live(
      id,
      new Map([
        [ann, 'xx-x'],
        [ben, 'x---'],
      ]),
    );
    await t.world.join(id, cat, ann);
    await as(ben).post(`/groups/${id}/make-ups`, { day: '2026-03-03', reason: 'on a plane' });
    t.clock.set('2026-03-07T04:00:00.000Z');
    await live(
      id,
      new Map([
        [cat, 'x-x'],
        [ann, '--x'],
      ]),
    );

    const members = [ann, ben, cat];
    const cells = await Promise.all(
      members.map(
        async ({ id: user }): Promise<Cell[]> =>
          (await get(id, `/members/${user}/calendar?from=2026-03-01&to=2026-03-31`)).days,
      ),
    );
    const { days, ...rest } = await get(id, '/calendar');
    expect(rest).toEqual({ month: '2026-03', today: '2026-03-09', timeZone: 'Asia/Shanghai' });
    expect(days).toHaveLength(31);
    for (const [index, figures] of days.entries()) {
      const states = cells.map((mine) => mine[index]!.state);
      const done = states.filter((state) => ['DONE', 'MAKEUP'].includes(state)).length;
      const due = done + states.filter((state) => ['MISSED', 'PENDING'].includes(state)).length;
      const day = cells[0]![index]!.day;
      expect(figures).toEqual({ day, due, done, rate: due ? done / due : null });
      expect(await get(id, `/days/${day}`)).toMatchObject({ due, done });
    }
    expect(days.slice(1, 9)).toMatchObject([
      { due: 2, done: 2, rate: 1 },
      { due: 2, done: 2 },
      { due: 2, done: 0, rate: 0 },
      { due: 3, done: 1, rate: 1 / 3 },
      { due: 0, rate: null },
      { due: 3, done: 1 },
      { due: 0, rate: null },
      { due: 3, done: 2, rate: 2 / 3 },
    ]);

    // Who leaves takes his days with him, and brings them back.
    expectStatus(200, await as(ben).delete(`/groups/${id}/members/me`));
    expect((await get(id, '/calendar')).days.slice(1, 5)).toMatchObject([
      { due: 1, done: 1 },
      { due: 1, done: 1 },
      { due: 1, done: 0 },
      { due: 2, done: 1 },
    ]);
    await t.world.join(id, ben, ann);
    expect((await get(id, '/calendar?month=2026-03')).days).toEqual(days);
    expect((await get(id, '/calendar?month=2026-02')).days).toHaveLength(28);
  });
});

describe('the board of a day', () => {
  it('lists who has done it in order of arrival, and who has not, page by page', async () => {
    const { id } = await t.world.group(ann, { members: [ben, cat] });
    await t.world.checkIn(id, cat, 'first');
    t.clock.advance(1);
    await t.world.checkIn(id, ann, 'second');
    const done = await get(id, '/days/2026-03-02');
    expect(done).toMatchObject({
      day: '2026-03-02',
      timeZone: 'Asia/Shanghai',
      due: 3,
      done: 2,
      nextCursor: null,
    });
    expect(done.dayEndsAt).toBe('2026-03-02T16:00:00.000Z');
    expect(done.items).toMatchObject([
      { state: 'DONE', user: { id: cat.id }, checkIn: { note: 'first' } },
      { state: 'DONE', user: { id: ann.id }, checkIn: { note: 'second' } },
    ]);
    expect(names(await pagesOf(as(ann), `/groups/${id}/days/2026-03-02`, 1))).toEqual([
      cat.nickname,
      ann.nickname,
    ]);
    expect((await get(id, '/days/2026-03-02?state=pending')).items).toEqual([
      { state: 'PENDING', user: { id: ben.id, nickname: ben.nickname, avatarUrl: null }, checkIn: null },
    ]);
    t.clock.advance(DAY_MS);
    expect((await get(id, '/days/2026-03-02?state=pending')).items).toMatchObject([
      { state: 'MISSED', user: { id: ben.id } },
    ]);
    const pending = await pagesOf(as(ann), `/groups/${id}/days/2026-03-03?state=pending`, 2);
    expect(names(pending)).toEqual([ann.nickname, ben.nickname, cat.nickname]);
    await as(ben).post(`/groups/${id}/make-ups`, { day: '2026-03-02', reason: 'on a plane' });
    expect((await get(id, '/days/2026-03-02')).items[2]).toMatchObject({
      state: 'MAKEUP',
      checkIn: { note: 'on a plane', kind: 'makeup' },
    });
    expect((await get(id, '/days/2026-03-02?state=pending')).items).toEqual([]);
  });

  it('owes nothing on days off, before the group began and in days to come', async () => {
    const { id } = await t.world.group(ann, { rule: { schedule: 'weekdays', weekdays: [1, 3] } });
    t.clock.advance(2 * DAY_MS);
    for (const [day, due] of [
      ['2026-03-01', 0],
      ['2026-03-02', 1],
      ['2026-03-03', 0],
      ['2026-03-04', 1],
      ['2026-03-09', 0],
    ])
      for (const state of ['done', 'pending']) {
        const board = await get(id, `/days/${day}?state=${state}`);
        expect(board, `${day} ${state}`).toMatchObject({ due, done: 0 });
        expect(board.items).toHaveLength(state === 'pending' ? (due as number) : 0);
      }
  });

  it('calls a day missed only when its week cannot be had any more', async () => {
    const { id } = await t.world.group(ann, {
      rule: { schedule: 'perWeek', timesPerWeek: 3 },
      members: [ben],
    });
    await t.world.checkIn(id, ann);
    t.clock.set('2026-03-06T04:00:00.000Z');
    await t.world.join(id, cat, ann);
    const pending = async (day: string) => names((await get(id, `/days/${day}?state=pending`)).items);
    const states = async (day: string) =>
      Promise.all(
        [ann, ben, cat].map(
          async (user) => (await get(id, `/members/${user.id}/calendar?from=${day}&to=${day}`)).days[0].state,
        ),
      );
    // Friday: three days are left, so Monday is lost to nobody; cat's week has three days.
    expect(await pending('2026-03-02')).toEqual([]);
    expect(await pending('2026-03-06')).toEqual([ann.nickname, ben.nickname, cat.nickname]);
    t.clock.advance(DAY_MS);
    // Saturday: Friday was the last day on which three could still be made.
    expect(await pending('2026-03-02')).toEqual([]);
    expect(await pending('2026-03-06')).toEqual([ben.nickname, cat.nickname]);
    expect(await states('2026-03-06')).toEqual(['NOT_DUE', 'MISSED', 'MISSED']);
    await t.world.checkIn(id, ann);
    t.clock.advance(DAY_MS);
    await t.world.checkIn(id, ann);
    expect(await pending('2026-03-08')).toEqual([ben.nickname, cat.nickname]);
    t.clock.advance(DAY_MS);
    expect(await pending('2026-03-05')).toEqual([]);
    expect(await states('2026-03-05')).toEqual(['COVERED', 'NOT_DUE', 'BEFORE_START']);
    expect(await pending('2026-03-07')).toEqual([ben.nickname, cat.nickname]);
  });

  it('owes nothing for a week too short for its times', async () => {
    t.clock.set('2026-03-06T04:00:00.000Z');
    const { id } = await t.world.group(ann, { rule: { schedule: 'perWeek', timesPerWeek: 4 } });
    t.clock.advance(7 * DAY_MS);
    expect((await get(id, '/days/2026-03-07?state=pending')).items).toEqual([]);
    expect((await get(id, '/members/me/calendar?from=2026-03-07&to=2026-03-07')).days[0].state).toBe(
      'NOT_DUE',
    );
  });
});

it('gives a group in figures', async () => {
  const { id } = await t.world.group(ann, { members: [ben, cat] });
  await live(
    id,
    new Map([
      [ann, 'xxxxxxxx'],
      [ben, 'x------x'],
      [cat, '------x-'],
    ]),
  );
  expect(await get(id, '/stats', stranger)).toEqual({
    memberCount: 3,
    timeZone: 'Asia/Shanghai',
    today: { day: '2026-03-09', due: 3, done: 2, rate: 2 / 3 },
    week: 2,
    month: 11,
    total: 11,
    membersOnStreak: 3,
  });
  t.clock.advance(DAY_MS);
  expect(await get(id, '/stats')).toMatchObject({ today: { done: 0, rate: 0 }, membersOnStreak: 2 });
});

describe('my day', () => {
  it('shows every group of mine in which something is due, with its state and its end', async () => {
    const daily = await t.world.group(ann, { name: 'daily', members: [cat], rule: { minNoteLength: 3 } });
    const off = await t.world.group(cat, { name: 'off', rule: { schedule: 'weekdays', weekdays: [2] } });
    const weekly = await t.world.group(cat, {
      name: 'weekly',
      rule: { timeZone: 'America/New_York', schedule: 'perWeek', timesPerWeek: 1 },
    });
    const mine = async (): Promise<Record<string, unknown>[]> =>
      (await pagesOf(as(cat), '/me/today', 1)).filter(({ groupId }) =>
        [daily.id, off.id, weekly.id].includes(groupId),
      );
    expect(await mine()).toEqual([
      {
        groupId: daily.id,
        groupName: 'daily',
        day: '2026-03-02',
        timeZone: 'Asia/Shanghai',
        dayEndsAt: '2026-03-02T16:00:00.000Z',
        state: 'PENDING',
        streak: { length: 0, unit: 'day', from: null, to: null, atRisk: false },
        checkInId: null,
        coverUrl: null,
        minNoteLength: 3,
        imageRequired: false,
      },
      expect.objectContaining({
        groupId: weekly.id,
        day: '2026-03-01',
        dayEndsAt: '2026-03-02T05:00:00.000Z',
      }),
    ]);
    t.clock.advance(DAY_MS);
    await t.world.checkIn(weekly.id, cat);
    const { checkIn } = await t.world.checkIn(daily.id, cat, 'yes');
    t.clock.set('2026-03-03T15:00:00.000Z');
    expect(await mine()).toMatchObject([
      { groupId: daily.id, state: 'DONE', checkInId: checkIn.id, streak: { length: 1 } },
      { groupId: off.id, state: 'PENDING', checkInId: null, day: '2026-03-03' },
      {
        groupId: weekly.id,
        state: 'COVERED',
        checkInId: null,
        day: '2026-03-03',
        streak: { length: 1, unit: 'week' },
      },
    ]);
    expectStatus(200, await as(cat).delete(`/groups/${daily.id}/members/me`));
    expectStatus(200, await as(cat).delete(`/groups/${off.id}`));
    expect(await mine()).toMatchObject([{ groupId: weekly.id }]);
  });

  it('shows the cover of each group and whether a picture is needed', async () => {
    const content = await picture();
    const { id: coverId } = expectStatus(
      201,
      await as(ann).upload('/uploads', { content, filename: 'a.jpg' }),
    ).data;
    const rule = { imageRequired: true };
    const { id, coverUrl } = await t.world.group(ann, { coverId, rule, visibility: 'private' });
    expect(coverUrl).toMatch(/-1280\.webp\?user=/);
    const mine = (await as(ann).get('/me/today?limit=100')).data.items as { groupId: number }[];
    expect(mine.find(({ groupId }) => groupId === id)).toMatchObject({
      coverUrl: expect.stringContaining(coverUrl.split('?')[0]),
      imageRequired: true,
    });
  });
});

describe('my calendar', () => {
  const mine = async (user: TestUser, from: string, to: string) =>
    expectStatus(200, await as(user).get(`/me/calendar?from=${from}&to=${to}`)).data;
  const none = { due: 0, done: 0, makeUps: 0, missed: 0 };

  it('sums up what each of my groups makes of my days, by its own rule and its own today', async () => {
    const dan = await t.world.user();
    const daily = await t.world.group(ann, { members: [dan] });
    const tuesdays = await t.world.group(ann, {
      visibility: 'private',
      members: [dan],
      rule: { schedule: 'weekdays', weekdays: [2] },
    });
    const farWest = await t.world.group(dan, { rule: { timeZone: 'Pacific/Pago_Pago' } });
    await live(daily.id, new Map([[dan, 'x-']]));
    await t.world.checkIn(tuesdays.id, dan);
    t.clock.advance(DAY_MS);
    const makeUp = { day: '2026-03-03', reason: 'forgotten' };
    expectStatus(201, await as(dan).post(`/groups/${daily.id}/make-ups`, makeUp));
    expect(await mine(dan, '2026-02-28', '2026-03-05')).toEqual({
      today: '2026-03-04',
      days: [
        { day: '2026-02-28', ...none },
        { day: '2026-03-01', due: 1, done: 0, makeUps: 0, missed: 1 },
        { day: '2026-03-02', due: 2, done: 1, makeUps: 0, missed: 1 },
        // In the far west it is still Tuesday.
        { day: '2026-03-03', due: 3, done: 2, makeUps: 1, missed: 0 },
        { day: '2026-03-04', due: 1, done: 0, makeUps: 0, missed: 0 },
        { day: '2026-03-05', ...none },
      ],
      summary: { due: 7, done: 3, makeUps: 1, missed: 2, activeDays: 2, rate: 3 / 5 },
    });

    // What was done stays done for who leaves, and nothing more is due; of a dissolved group nothing is left.
    expectStatus(200, await as(dan).delete(`/groups/${tuesdays.id}/members/me`));
    expectStatus(200, await as(dan).delete(`/groups/${farWest.id}`));
    t.clock.advance(7 * DAY_MS);
    const { days } = await mine(dan, '2026-03-02', '2026-03-10');
    expect(days[1]).toMatchObject({ due: 2, done: 2 });
    expect(days.at(-1)).toMatchObject({ due: 1, missed: 1 });
  });

  it('is empty, in the today of UTC, for one who was never in a group', async () => {
    const nobody = await t.world.user();
    expect(await mine(nobody, '2026-03-02', '2026-03-02')).toEqual({
      today: '2026-03-02',
      days: [{ day: '2026-03-02', ...none }],
      summary: { ...none, activeDays: 0, rate: null },
    });
  });

  it('spans 400 days at most', async () => {
    expect((await mine(ann, '2026-01-01', '2027-02-04')).days).toHaveLength(400);
    for (const [from, to] of [
      ['2026-01-01', '2027-02-05'],
      ['2026-01-02', '2026-01-01'],
    ]) {
      const answer = await as(ann).get(`/me/calendar?from=${from}&to=${to}`);
      expect(answer).toMatchObject({ status: 400, error: 'DAY_RANGE' });
    }
  });
});

describe('my day in a group', () => {
  const today = async (groupId: number, user: TestUser) =>
    (await as(user).get(`/groups/${groupId}`)).data.myToday;

  it('is what may be done today, what was done, and how it is taken back', async () => {
    const created = await t.world.group(ann);
    const open = { state: 'PENDING', checkInId: null, streak: { length: 0, atRisk: false } };
    expect(created.myToday).toMatchObject(open);
    const { checkIn, streak } = await t.world.checkIn(created.id, ann);
    const done = { state: 'DONE', checkInId: checkIn.id, streak };
    expect(await today(created.id, ann)).toEqual(done);
    const changed = await as(ann).patch(`/groups/${created.id}`, { notice: 'x' });
    expect(changed.data.myToday).toEqual(done);
    expectStatus(200, await as(ann).delete(`/groups/${created.id}/check-ins/${checkIn.id}`));
    expect(await today(created.id, ann)).toEqual(created.myToday);
    await t.world.checkIn(created.id, ann);
    t.clock.advance(DAY_MS);
    const atRisk = { ...open, streak: { length: 1, atRisk: true } };
    expect(await today(created.id, ann)).toMatchObject(atRisk);
  });

  it('is off where the day is none of the schedule, and covered where the week has enough', async () => {
    const off = await t.world.group(ann, { rule: { schedule: 'weekdays', weekdays: [2] } });
    expect(off.myToday).toMatchObject({ state: 'NOT_DUE', checkInId: null });
    const weekly = await t.world.group(ann, { rule: { schedule: 'perWeek', timesPerWeek: 1 } });
    await t.world.checkIn(weekly.id, ann);
    t.clock.advance(DAY_MS);
    expect(await today(off.id, ann)).toMatchObject({ state: 'PENDING' });
    expect(await today(weekly.id, ann)).toMatchObject({ state: 'COVERED', checkInId: null });
  });

  it('is nothing for those who do not belong to the group', async () => {
    const { id } = await t.world.group(ann, { members: [cat] });
    await t.world.checkIn(id, cat);
    expect(await today(id, stranger)).toBeNull();
    expectStatus(200, await as(cat).delete(`/groups/${id}/members/me`));
    expect(await today(id, cat)).toBeNull();
  });
});
