import type { Connection } from 'mysql2/promise';
import { rebuild, settled } from '../src/modules/group/rules/streak.js';
import {
  checkInsOf,
  daysAgoOf,
  GROUPS,
  MEMBERS_PER_GROUP,
  MEMBERSHIPS,
  userOf,
  USERS,
  type World,
} from './data.js';
import { load, map } from './load-table.js';

/** People, groups and check-ins; the caches are what the product itself would have written. */
export async function loadData(connection: Connection, world: World): Promise<void> {
  const { today, joinedDay, rules } = world;
  const joinedAt = new Date(world.dayStarts.at(-1)! - 9 * 86_400_000);

  await load(connection, 'users', userRows(joinedAt));
  await load(connection, 'sessions', sessionRows());
  await load(connection, 'group_info', groupRows(today, joinedAt));
  const rule = rules[0]!;
  await load(
    connection,
    'group_rules',
    map(GROUPS, (group) => ({
      id: group + 1,
      group_id: group + 1,
      effective_from: rule.effectiveFrom,
      time_zone: rule.timeZone,
      day_start_hour: rule.dayStartHour,
      schedule: rule.schedule.kind,
      make_up_allowed: 1,
      make_up_window_days: rule.makeUp.windowDays,
      make_up_monthly_limit: rule.makeUp.monthlyLimit,
      make_up_min_reason_length: rule.makeUp.minReasonLength,
      created_at: joinedAt,
    })),
  );
  await load(connection, 'memberships', membershipRows(world, joinedAt));
  await load(
    connection,
    'membership_spells',
    map(MEMBERSHIPS, (n) => ({ ...keyOf(n), joined_day: joinedDay, joined_at: joinedAt })),
  );
  await load(connection, 'check_ins', checkInRows(world));
  await load(connection, 'group_days', groupDayRows(world));
  await connection.query(
    'analyze table users, sessions, group_info, group_rules, memberships, membership_spells, check_ins, group_days',
  );
}

function userRows(createdAt: Date) {
  return map(USERS, (index) => ({
    id: index + 1,
    phone: `+86139${String(index + 1).padStart(8, '0')}`,
    password_hash: '-',
    nickname: `早起的人${index + 1}`,
    nickname_key: `早起的人${index + 1}`,
    gender: 'female',
    birthday: '1995-04-17',
    province: '浙江',
    city: '杭州',
    bio: 'Every day a little further.',
    created_at: createdAt,
    updated_at: createdAt,
  }));
}

/** One for every user, of the same id: what their tokens are of. */
function sessionRows() {
  const now = new Date();
  return map(USERS, (index) => ({
    id: index + 1,
    user_id: index + 1,
    user_agent: 'bench',
    address: '127.0.0.1',
    created_at: now,
    last_used_at: now,
    expires_at: new Date(now.getTime() + 86_400_000),
  }));
}

function groupRows(today: string, createdAt: Date) {
  return map(GROUPS, (group) => ({
    id: group + 1,
    name: `Every morning ${group + 1}`,
    name_key: `every morning ${group + 1}`,
    description: 'We run five kilometres before breakfast, wherever we are.',
    notice: 'Meet at the west gate on Sundays.',
    category_id: 1 + (group % 10),
    join_policy: 'open',
    visibility: 'public',
    max_members: 2_000,
    member_count: MEMBERS_PER_GROUP,
    streaks_settled_on: today,
    owner_id: userOf(group, 0),
    created_at: createdAt,
    updated_at: createdAt,
  }));
}

function membershipRows(world: World, joinedAt: Date) {
  const { rules, today, joinedDay } = world;
  const spells = [{ joinedDay, leftDay: null }];
  // Of the thousand places of a group many have the same days, hence the same cache.
  const caches = new Map<string, ReturnType<typeof rebuild>>();
  return map(MEMBERSHIPS, (n) => {
    const place = n % MEMBERS_PER_GROUP;
    const days = daysAgoOf(place).join();
    let cache = caches.get(days);
    if (!cache) {
      cache = settled(rebuild(rules, spells, checkInsOf(world, place)), rules, joinedDay, today);
      caches.set(days, cache);
    }
    return {
      ...keyOf(n),
      id: n + 1,
      role: place === 0 ? 'owner' : 'member',
      active: 1,
      joined_at: joinedAt,
      stretch_from: joinedDay,
      streak_unit: cache.unit,
      streak_length: cache.length,
      streak_from: cache.from,
      streak_to: cache.to,
      longest_days: cache.longestDays,
      longest_weeks: cache.longestWeeks,
      total: cache.total,
      make_ups: cache.makeUps,
      week_of: cache.weekOf,
      week_count: cache.weekCount,
      stretch_week_count: cache.stretchWeekCount,
      month_of: cache.monthOf,
      month_count: cache.monthCount,
      last_day: cache.lastDay,
      last_checked_at: checkInsOf(world, place).at(-1)!.at,
    };
  });
}

function* checkInRows(world: World) {
  const byPlace = Array.from({ length: MEMBERS_PER_GROUP }, (_, place) => checkInsOf(world, place));
  for (let n = 0; n < MEMBERSHIPS; n++) {
    const key = keyOf(n);
    for (const { day, kind, at } of byPlace[n % MEMBERS_PER_GROUP]!) {
      yield {
        ...key,
        day,
        kind,
        state: 'valid',
        note: '五公里，28 分钟，风很大',
        checked_at: at,
        made_on: day,
      };
    }
  }
}

function* groupDayRows(world: World) {
  const done = new Map<string, number>();
  for (let place = 0; place < MEMBERS_PER_GROUP; place++) {
    for (const { day } of checkInsOf(world, place)) done.set(day, (done.get(day) ?? 0) + 1);
  }
  for (let group = 0; group < GROUPS; group++) {
    yield { group_id: group + 1, day: world.joinedDay, done: 0, member_delta: MEMBERS_PER_GROUP };
    for (const [day, count] of done) yield { group_id: group + 1, day, done: count, member_delta: 0 };
  }
}

/** Group and user of the nth row of `memberships`: group by group, unlike `membershipOf`. */
function keyOf(n: number) {
  const group = Math.floor(n / MEMBERS_PER_GROUP);
  return { group_id: group + 1, user_id: userOf(group, n % MEMBERS_PER_GROUP) };
}
