import { toDayNumber, toDayText, weekStartOf } from '../src/modules/group/rules/calendar-day.js';
import type { CheckInRow } from '../src/modules/group/rules/day-state.js';
import { countByHour, countByWeekday, memberCalendar } from '../src/modules/group/rules/member-statistics.js';
import {
  dayEndsAt,
  type RuleVersion,
  type Schedule,
  todayOf,
  unitOf,
} from '../src/modules/group/rules/rule.js';
import {
  applyCheckIn,
  currentStreak,
  longestStreak,
  type StreakCache,
} from '../src/modules/group/rules/streak.js';
import { execute, inTransaction, type Row, rows, sqlOf, userRef } from './bare-database.js';

export async function profile(userId: number) {
  const [row] = await rows(sqlOf('profile')[0]!, [userId]);
  const { id, nickname, avatar, gender, province, city, bio, createdAt, ...own } = row!;
  const { phone, birthday, role, language, timeZone } = own;
  return {
    ...userRef(id, nickname, avatar),
    gender,
    province,
    city,
    bio,
    createdAt,
    phone,
    birthday,
    role,
    language,
    timeZone,
  };
}

export async function checkIn(userId: number, groupId: number, note: string) {
  const now = new Date();
  const [begin, find, insert, save, count, commit] = sqlOf('checkIn') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return inTransaction(begin, commit, async (connection) => {
    const found = (await execute(connection, find, [userId, groupId])) as Row[];
    const member = memberOf(found);
    const rules = rulesOf(found);
    const today = todayOf(rules, now);
    const params = [groupId, userId, today, 'normal', note, now, today];
    const { insertId } = (await execute(connection, insert, params)) as { insertId: number };
    const cache = applyCheckIn(cacheOf(member, 'm'), rules, member.mStretchFrom, today);
    const saved = (await execute(connection, save, [
      cache.unit,
      cache.length,
      cache.from,
      cache.to,
      cache.longestDays,
      cache.longestWeeks,
      cache.total,
      cache.makeUps,
      cache.weekOf,
      cache.weekCount,
      cache.stretchWeekCount,
      cache.monthOf,
      cache.monthCount,
      cache.lastDay,
      now,
      member.mId,
      member.mVersion,
    ])) as { affectedRows: number };
    if (saved.affectedRows === 0) throw new Error('Somebody else has written');
    await execute(connection, count, [groupId, today, 1]);
    return {
      created: true,
      checkIn: {
        id: insertId,
        groupId,
        userId,
        day: today,
        kind: 'normal',
        note,
        images: [],
        checkedAt: now,
        likeCount: 0,
        commentCount: 0,
        liked: false,
      },
      day: today,
      timeZone: rules.at(-1)!.timeZone,
      dayEndsAt: dayEndsAt(rules, today),
      streak: currentStreak(cache, rules, member.mStretchFrom, today),
      total: cache.total,
    };
  });
}

export async function calendar(userId: number, groupId: number, query: URLSearchParams) {
  const [find, findMember, spells, facts] = sqlOf('calendar') as [string, string, string, string];
  const rules = rulesOf(visible(await rows(find, [userId, groupId])));
  present(await rows(findMember, [groupId, userId]));
  const today = todayOf(rules, new Date());
  const from = query.get('from')!;
  const to = query.get('to')!;
  const stays = await rows(spells, [groupId, userId]);
  const done = await rows(facts, [groupId, userId, mondayOf(from), sundayOf(to)]);
  const { days, summary } = memberCalendar(rules, stays as never, done as CheckInRow[], from, to, today);
  const ids = new Map(done.map((row) => [row.day, row.id]));
  const cells = days.map((cell) => ({ ...cell, checkInId: ids.get(cell.day) ?? null }));
  return { userId, today, timeZone: rules.at(-1)!.timeZone, days: cells, summary };
}

export async function stats(userId: number, groupId: number) {
  const [find, findMember, spells, facts] = sqlOf('stats') as [string, string, string, string];
  const rules = rulesOf(visible(await rows(find, [userId, groupId])));
  const member = present(await rows(findMember, [groupId, userId]));
  const today = todayOf(rules, new Date());
  const from = toDayText(toDayNumber(today) - 364);
  const stays = await rows(spells, [groupId, userId]);
  const done = (await rows(facts, [groupId, userId, mondayOf(from), sundayOf(today)])).map((row) => ({
    day: row.day as string,
    kind: row.kind as CheckInRow['kind'],
    at: row.checkedAt as Date,
  }));
  const { summary } = memberCalendar(rules, stays as never, done, from, today, today);
  const year = done.filter(({ day }) => day >= from);
  const cache = cacheOf(member);
  return {
    user: userRef(userId, member.nickname, member.avatar),
    today,
    timeZone: rules.at(-1)!.timeZone,
    streak: currentStreak(cache, rules, member.stretchFrom, today),
    longest: { length: longestStreak(cache, rules, today), unit: unitOf(rules.at(-1)!.schedule) },
    total: cache.total,
    makeUps: cache.makeUps,
    thisWeek: cache.weekOf === mondayOf(today) ? cache.weekCount : 0,
    thisMonth: cache.monthOf === today.slice(0, 7) ? cache.monthCount : 0,
    year: { from, to: today, ...summary, byWeekday: countByWeekday(year), byHour: countByHour(rules, year) },
  };
}

export async function leaderboard(userId: number, groupId: number) {
  const [find, list, countAbove] = sqlOf('leaderboard') as [string, string, string];
  const found = visible(await rows(find, [userId, groupId]));
  const member = memberOf(found);
  const rules = rulesOf(found);
  const today = todayOf(rules, new Date());
  const limit = 20;
  const board = await rows(list, [groupId, true]);
  const { length } = currentStreak(cacheOf(member, 'm'), rules, member.mStretchFrom, today);
  const above = length > 0 ? (await rows(countAbove, [groupId, true, length]))[0]!.higher : null;
  let rank = 0;
  const items = board.slice(0, limit).map((row, index) => {
    if (row.value !== board[index - 1]?.value) rank = index + 1;
    const user = userRef(row.userId, row.nickname, row.avatar);
    return { rank, user, value: row.value, makeUps: row.makeUps, lastCheckedAt: row.lastCheckedAt };
  });
  const last = board[limit - 1];
  const cursor = last && ['streak', last.value, last.makeUps, last.lastCheckedAt, last.userId, rank, limit];
  return {
    board: 'streak',
    today,
    unit: unitOf(rules.at(-1)!.schedule),
    me: { rank: above === null ? null : above + 1, value: length },
    items,
    nextCursor: board.length > limit ? Buffer.from(JSON.stringify(cursor)).toString('base64url') : null,
  };
}

const mondayOf = (day: string) => toDayText(weekStartOf(toDayNumber(day)));
const sundayOf = (day: string) => toDayText(weekStartOf(toDayNumber(day)) + 6);

function visible(found: Row[]): Row[] {
  if (!found[0] || (found[0].gVisibility !== 'public' && !found[0].mActive)) throw new Error('No such group');
  return found;
}

function memberOf(found: Row[]): Row {
  if (!visible(found)[0]!.mActive) throw new Error('Not a member');
  return found[0]!;
}

function present([member]: Row[]): Row {
  if (!member?.active) throw new Error('No such member');
  return member;
}

const rulesOf = (found: Row[]): RuleVersion[] =>
  found.map((row) => ({
    effectiveFrom: row.rEffectiveFrom,
    timeZone: row.rTimeZone,
    dayStartHour: row.rDayStartHour,
    schedule: scheduleOf(row),
    makeUp: {
      allowed: row.rMakeUpAllowed === 1,
      windowDays: row.rMakeUpWindowDays,
      monthlyLimit: row.rMakeUpMonthlyLimit,
      minReasonLength: row.rMakeUpMinReasonLength,
    },
    minNoteLength: row.rMinNoteLength,
    imageRequired: Boolean(row.rImageRequired),
  }));

function scheduleOf({ rSchedule: kind, rWeekdays, rTimesPerWeek }: Row): Schedule {
  if (kind === 'weekdays') return { kind, weekdays: [...rWeekdays].map(Number) };
  return kind === 'perWeek' ? { kind, times: rTimesPerWeek } : { kind };
}

function cacheOf(row: Row, prefix?: 'm'): StreakCache {
  return prefix
    ? {
        unit: row.mStreakUnit,
        length: row.mStreakLength,
        from: row.mStreakFrom,
        to: row.mStreakTo,
        longestDays: row.mLongestDays,
        longestWeeks: row.mLongestWeeks,
        total: row.mTotal,
        makeUps: row.mMakeUps,
        weekOf: row.mWeekOf,
        weekCount: row.mWeekCount,
        stretchWeekCount: row.mStretchWeekCount,
        monthOf: row.mMonthOf,
        monthCount: row.mMonthCount,
        lastDay: row.mLastDay,
      }
    : {
        unit: row.streakUnit,
        length: row.streakLength,
        from: row.streakFrom,
        to: row.streakTo,
        longestDays: row.longestDays,
        longestWeeks: row.longestWeeks,
        total: row.total,
        makeUps: row.makeUps,
        weekOf: row.weekOf,
        weekCount: row.weekCount,
        stretchWeekCount: row.stretchWeekCount,
        monthOf: row.monthOf,
        monthCount: row.monthCount,
        lastDay: row.lastDay,
      };
}
