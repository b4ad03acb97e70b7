import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID, pagesOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

const BOARDS = ['streak', 'longest', 'total', 'week', 'month', 'today'];
const DAY_MS = 24 * 3_600_000;

let t: TestApp;
let users: TestUser[];
beforeAll(async () => {
  t = await createTestApp();
  users = (await t.world.usersOf(6)).toSorted((a, b) => a.id - b.id);
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const boardOf = async (groupId: number, board: string, user = users[0]!) =>
  expectStatus(200, await as(user).get(`/groups/${groupId}/leaderboard?board=${board}`)).data;
interface Entry {
  rank: number;
  user: { id: number };
  value: number;
}
/** Rank, who by his place in `users`, and value. */
const rows = (items: Entry[]) =>
  items.map(({ rank, user, value }) => [rank, users.findIndex(({ id }) => id === user.id), value]);

/** A group of the first so many users, with a day for each letter of a mark: x is a check-in. */
async function groupWith(marks: string[], rule: Record<string, unknown> = {}): Promise<number> {
  const [owner, ...members] = users.slice(0, marks.length) as [TestUser, ...TestUser[]];
  const { id } = await t.world.group(owner, { members, rule });
  const days = Math.max(...marks.map(({ length }) => length));
  for (let day = 0; day < days; day++) {
    for (const [index, mark] of marks.entries()) {
      if (mark[day] === 'x') await t.world.checkIn(id, users[index]!);
      t.clock.advance(1);
    }
    if (day < days - 1) t.clock.set(new Date(Date.parse(START) + (day + 1) * DAY_MS));
  }
  return id;
}

it('needs a token, a group one may see, and no rubbish', async () => {
  await expectSignInNeeded(t.api, ['GET /groups/1/leaderboard']);
  const hidden = (await t.world.group(users[0]!, { visibility: 'private' })).id;
  for (const id of [hidden, NO_SUCH_ID])
    expect(await as(users[1]!).get(`/groups/${id}/leaderboard`)).toMatchObject({
      status: 404,
      error: 'GROUP_NOT_FOUND',
    });
  const id = await groupWith(['x', 'x']);
  const { nextCursor } = (await as(users[0]!).get(`/groups/${id}/leaderboard?board=total&limit=1`)).data;
  await expectRubbishRefused(as(users[0]!), [
    ['GET /groups/0x1/leaderboard', 'groupId'],
    [`GET /groups/${id}/leaderboard?board=best`, 'board'],
    [`GET /groups/${id}/leaderboard?limit=1.5`, 'limit'],
    [`GET /groups/${id}/leaderboard?cursor=e30`, 'cursor'],
    // A cursor of another board.
    [`GET /groups/${id}/leaderboard?board=week&cursor=${nextCursor}`, 'cursor'],
  ]);
});

it.each(BOARDS)('of the kind %s is empty in a group where nothing has been done', async (board) => {
  const id = await groupWith(['', '']);
  expect(await boardOf(id, board)).toMatchObject({
    board,
    items: [],
    me: { rank: null, value: 0 },
    nextCursor: null,
  });
  expect(await boardOf(id, board, users[5])).toMatchObject({ me: { rank: null, value: 0 } });
});

it('ranks by the value of each board', async () => {
  // Monday to Tuesday of the next week.
  const id = await groupWith(['xxxxx--xx', '--xx---x', 'xxx', '------xxx']);
  const standings = async (board: string) => rows((await boardOf(id, board)).items);
  // Today, the 10th, is still open: who did yesterday has his streak.
  expect(await standings('streak')).toEqual([
    [1, 3, 3],
    [2, 0, 2],
    [3, 1, 1],
  ]);
  expect(await standings('longest')).toEqual([
    [1, 0, 5],
    [2, 2, 3],
    [2, 3, 3],
    [4, 1, 2],
  ]);
  expect(await standings('total')).toEqual([
    [1, 0, 7],
    [2, 2, 3],
    [2, 1, 3],
    [2, 3, 3],
  ]);
  expect(await standings('week')).toEqual([
    [1, 0, 2],
    [1, 3, 2],
    [3, 1, 1],
  ]);
  expect(await standings('month')).toEqual([
    [1, 0, 7],
    [2, 2, 3],
    [2, 1, 3],
    [2, 3, 3],
  ]);
  expect(await standings('today')).toEqual([
    [1, 0, 1],
    [2, 3, 1],
  ]);
  expect(await boardOf(id, 'streak')).toMatchObject({
    today: '2026-03-10',
    unit: 'day',
    me: { rank: 2, value: 2 },
  });
  expect(await boardOf(id, 'total')).toMatchObject({ unit: 'check-in', me: { rank: 1, value: 7 } });
  expect((await boardOf(id, 'streak', users[2])).me).toEqual({ rank: null, value: 0 });
  expect((await boardOf(id, 'longest', users[2])).me).toEqual({ rank: 2, value: 3 });
  expect((await boardOf(id, 'longest', users[5])).me).toEqual({ rank: null, value: 0 });

  t.clock.set('2026-04-01T04:00:00.000Z');
  for (const board of ['streak', 'week', 'month', 'today']) expect(await standings(board), board).toEqual([]);
  expect((await boardOf(id, 'month')).me).toEqual({ rank: null, value: 0 });
});

it('gives equal values the same rank, 1 1 3, across pages; fewer make-ups come first, then who was earlier, then the older id', async () => {
  const id = await groupWith(['xxx', 'xxx', 'x-x', 'xxx', 'xx', 'xxx']);
  // The third has as many as the first, but one of them made up.
  expectStatus(
    201,
    await as(users[2]!).post(`/groups/${id}/make-ups`, { day: '2026-03-03', reason: 'on a plane' }),
  );
  const whole = await boardOf(id, 'total', users[4]);
  const expected = [
    [1, 0, 3],
    [1, 1, 3],
    [1, 3, 3],
    [1, 5, 3],
    [1, 2, 3],
    [6, 4, 2],
  ];
  expect(rows(whole.items)).toEqual(expected);
  expect(whole.items[4].makeUps).toBe(1);
  expect(whole.me).toEqual({ rank: 6, value: 2 });
  for (const limit of [1, 2, 4])
    expect(rows(await pagesOf(as(users[0]!), `/groups/${id}/leaderboard?board=total`, limit))).toEqual(
      expected,
    );

  t.clock.advance(DAY_MS);
  // At one instant: the lower id.
  for (const index of [3, 1]) await t.world.checkIn(id, users[index]!);
  expect(rows((await boardOf(id, 'today')).items)).toEqual([
    [1, 3, 1],
    [1, 1, 1],
  ]);
  expect(rows((await boardOf(id, 'streak')).items).slice(0, 3)).toEqual([
    [1, 1, 4],
    [1, 3, 4],
    [3, 0, 3],
  ]);
  expect(rows(await pagesOf(as(users[0]!), `/groups/${id}/leaderboard?board=today`, 1))).toEqual([
    [1, 3, 1],
    [1, 1, 1],
  ]);
  expect((await boardOf(id, 'today', users[1])).me).toEqual({ rank: 1, value: 1 });
});

it('is fresh right after a check-in, a make-up and a withdrawal', async () => {
  const id = await groupWith(['xx', 'xx']);
  t.clock.advance(DAY_MS);
  const both = async (board: string) => rows((await boardOf(id, board)).items);
  expect(await both('streak')).toEqual([
    [1, 0, 2],
    [1, 1, 2],
  ]);
  const { checkIn } = await t.world.checkIn(id, users[1]!);
  for (const board of ['streak', 'longest', 'total', 'week', 'month'])
    expect(await both(board), board).toEqual([
      [1, 1, 3],
      [2, 0, 2],
    ]);
  expect(await both('today')).toEqual([[1, 1, 1]]);
  expectStatus(200, await as(users[1]!).delete(`/groups/${id}/check-ins/${checkIn.id}`));
  for (const board of ['streak', 'longest', 'total', 'week', 'month'])
    expect(await both(board), board).toEqual([
      [1, 0, 2],
      [1, 1, 2],
    ]);
  expect(await both('today')).toEqual([]);
  t.clock.advance(DAY_MS);
  expect(await both('streak')).toEqual([]);
  expectStatus(
    201,
    await as(users[0]!).post(`/groups/${id}/make-ups`, { day: '2026-03-04', reason: 'on a plane' }),
  );
  expect(await both('streak')).toEqual([[1, 0, 3]]);
  expect(await both('today')).toEqual([]);
});

it('drops a streak the moment its missed day is over, whether or not anybody looked before', async () => {
  for (const looks of [true, false]) {
    t.clock.set(START);
    const id = await groupWith(['xx', 'x']);
    if (looks)
      expect(rows((await boardOf(id, 'streak')).items)).toEqual([
        [1, 0, 2],
        [2, 1, 1],
      ]);
    t.clock.set('2026-03-03T15:59:59.999Z');
    if (looks) expect((await boardOf(id, 'streak', users[1])).me).toEqual({ rank: 2, value: 1 });
    t.clock.set('2026-03-03T16:00:00.000Z');
    expect(await boardOf(id, 'streak', users[1])).toMatchObject({
      me: { rank: null, value: 0 },
      items: [{ value: 2 }],
    });
    // And one who begins again is back at once.
    expect((await t.world.checkIn(id, users[1]!)).streak.length).toBe(1);
    expect(rows((await boardOf(id, 'streak')).items)).toEqual([
      [1, 0, 2],
      [2, 1, 1],
    ]);
  }
});

it('counts weeks where the group asks for some days of a week', async () => {
  const id = await groupWith(['xx-----xx', 'x------x', 'xxx'], { schedule: 'perWeek', timesPerWeek: 2 });
  expect(await boardOf(id, 'streak')).toMatchObject({ unit: 'week', me: { rank: 1, value: 2 } });
  expect(rows((await boardOf(id, 'streak')).items)).toEqual([
    [1, 0, 2],
    [2, 2, 1],
  ]);
  expect(rows((await boardOf(id, 'longest')).items)).toEqual([
    [1, 0, 2],
    [2, 2, 1],
  ]);
  t.clock.set('2026-03-16T04:00:00.000Z');
  expect(rows((await boardOf(id, 'streak')).items)).toEqual([[1, 0, 2]]);
});

it('leaves former members out at once, and takes them in again with their history', async () => {
  const id = await groupWith(['x', 'x', 'x']);
  const ranked = async () =>
    Promise.all(BOARDS.map(async (board) => (await boardOf(id, board)).items.length));
  expect(await ranked()).toEqual(BOARDS.map(() => 3));
  expectStatus(200, await as(users[1]!).delete(`/groups/${id}/members/me`));
  expectStatus(200, await as(users[0]!).delete(`/groups/${id}/members/${users[2]!.id}`));
  expect(await ranked()).toEqual(BOARDS.map(() => 1));
  expect((await boardOf(id, 'total', users[1])).me).toEqual({ rank: null, value: 0 });
  await t.world.join(id, users[1]!, users[0]!);
  expect(await ranked()).toEqual(BOARDS.map(() => 2));
  expect((await boardOf(id, 'streak', users[1])).me).toEqual({ rank: 1, value: 1 });
});

it('does not bring a lapsed streak back with one who was away while it was dropped', async () => {
  const id = await groupWith(['xxxx', 'xx--']);
  expectStatus(200, await as(users[1]!).delete(`/groups/${id}/members/me`));
  expect(rows((await boardOf(id, 'streak')).items)).toEqual([[1, 0, 4]]);
  await t.world.join(id, users[1]!, users[0]!);
  expect(rows((await boardOf(id, 'streak')).items)).toEqual([[1, 0, 4]]);
  expect((await boardOf(id, 'longest', users[1])).me).toEqual({ rank: 2, value: 2 });
});
