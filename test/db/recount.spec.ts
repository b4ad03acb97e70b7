import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { GroupRecountService } from '../../src/modules/group/index.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectStatus, type TestUser } from '../support/world.js';

const DAY_MS = 24 * 3_600_000;

let t: TestApp;
let db: Database;
let recounts: GroupRecountService;
let owner: TestUser;
let member: TestUser;
let group: number;

/** A group with check-ins, a make-up, a withdrawal, an invite, one who left and one who came back. */
beforeAll(async () => {
  t = await createTestApp();
  db = t.app.get(Database);
  recounts = t.app.get(GroupRecountService, { strict: false });
  const [first, second, former, returned] = await t.world.usersOf(4);
  owner = first!;
  member = second!;
  group = (await t.world.group(owner, { members: [member, former!, returned!] })).id;
  for (let day = 0; day < 4; day++) {
    for (const user of [owner, former!, returned!]) if (day < 2) await t.world.checkIn(group, user);
    if (day !== 1) await t.world.checkIn(group, member);
    t.clock.advance(DAY_MS);
  }
  const makeUp = { day: '2026-03-03', reason: 'on a plane' };
  expectStatus(201, await t.api.as(member).post(`/groups/${group}/make-ups`, makeUp));
  for (const user of [former!, returned!])
    expectStatus(200, await t.api.as(user).delete(`/groups/${group}/members/me`));
  t.clock.advance(2 * DAY_MS);
  await t.world.join(group, returned!, owner);
  const { checkIn } = await t.world.checkIn(group, owner);
  expectStatus(200, await t.api.as(owner).delete(`/groups/${group}/check-ins/${checkIn.id}`));
});
afterAll(() => t.close());

const summary = async (fix: boolean) => {
  const found: string[] = [];
  const tables = await recounts.recount({ fix, onDrift: (what) => found.push(what) });
  return { found, tables };
};

it('finds nothing wrong with what the application has written, and looks at all of it', async () => {
  const { found, tables } = await summary(false);
  expect(found).toEqual([]);
  expect(tables.map(({ table, checked }) => [table, checked])).toEqual([
    ['group_info', 1],
    ['membership_spells', 5],
    ['memberships', 4],
    ['make_up_quotas', 1],
    ['group_days', 6],
    ['group_invites', 4],
  ]);
});

const CORRUPTIONS: [what: string, sql: string, found: RegExp][] = [
  ['a member count', 'update group_info set member_count = 9', /group_info group \d+: memberCount 9, not 3/],
  [
    'a total',
    'update memberships set total = total + 1 where role = ?',
    /memberships group \d+ user \d+: total 3, not 2/,
  ],
  ['a longest streak', 'update memberships set longest_days = 7 where role = ?', /longestDays 7, not 2/],
  [
    'a lapsed streak of another length',
    'update memberships set streak_length = 5 where role = ?',
    /streakLength 5, not 0/,
  ],
  [
    'the instant of the last check-in',
    'update memberships set last_checked_at = null where role = ?',
    /lastCheckedAt null, not 2026/,
  ],
  [
    'a membership ended without its spell',
    'update memberships set active = false where role = ?',
    /active false, not true/,
  ],
  [
    'the done of a day',
    "update group_days set done = 0 where day = '2026-03-02'",
    /group_days group \d+ day 2026-03-02: done 0, not 3/,
  ],
  [
    'the members of a day',
    "update group_days set member_delta = 1 where day = '2026-03-02'",
    /memberDelta 1, not 3/,
  ],
  ['a day that is gone', "delete from group_days where day = '2026-03-03'", /day 2026-03-03: done 0, not 3/],
  ['a quota', 'update make_up_quotas set used = 0', /make_up_quotas group \d+ user \d+: 2026-03 0, not 1/],
  ['a quota that is gone', 'delete from make_up_quotas', /2026-03 undefined, not 1/],
  [
    'the uses of an invite',
    'update group_invites set uses = -1 where id = 1',
    /group_invites invite 1: uses -1, not 0/,
  ],
];

it.each(CORRUPTIONS)('finds %s that has drifted, and repairs it', async (_what, sql, message) => {
  await db.run(sql, sql.includes('?') ? ['owner'] : []);
  const { found } = await summary(false);
  expect(found.join('\n')).toMatch(message);
  expect((await summary(false)).found, 'without --fix nothing is changed').toEqual(found);
  const fixed = await summary(true);
  expect(fixed.tables.every(({ drift, fixed }) => drift === fixed)).toBe(true);
  expect((await summary(false)).found).toEqual([]);
});

it('reports spells that overlap, and leaves them to people', async () => {
  await db.run('update membership_spells set left_at = null, left_day = null where user_id = ?', [member.id]);
  await db.run(
    `insert into membership_spells (group_id, user_id, joined_day, joined_at) values (?, ?, '2026-03-05', ?)`,
    [group, member.id, t.clock.now()],
  );
  const { found, tables } = await summary(true);
  expect(found).toEqual([
    `membership_spells group ${group} user ${member.id}: spells 2026-03-02 to now, not one after the other`,
  ]);
  expect(tables.find(({ table }) => table === 'membership_spells')).toMatchObject({ drift: 1, fixed: 0 });
});
