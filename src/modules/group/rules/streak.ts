import { mondayOf, toDayNumber, toDayText, weekStartOf } from './calendar-day.js';
import { type CheckInRow } from './day-state.js';
import { type MembershipSpell, stretchesOf } from './membership-spells.js';
import {
  isDueDay,
  isDueWeek,
  isScheduled,
  occurs,
  type Period,
  periodAt,
  periodsOf,
  type RuleVersion,
  type StreakUnit,
  timesOf,
} from './rule.js';

/** What is kept per member beside the rows: always equal to `rebuild` of them. Days are 'YYYY-MM-DD'. */
export interface StreakCache {
  /** The last run of the last stretch of membership, alive or not: its unit, and its length in that unit. */
  unit: StreakUnit;
  length: number;
  /** first day of the run; of weeks the first one's Monday */
  from: string | null;
  /** last done day of the run */
  to: string | null;
  longestDays: number;
  longestWeeks: number;
  /** all rows, make-ups included */
  total: number;
  makeUps: number;
  /** last day with a row */
  lastDay: string | null;
  /** Monday of the week of lastDay, and the rows in it */
  weekOf: string | null;
  weekCount: number;
  /** the part of weekCount that lies in lastDay's stretch of membership */
  stretchWeekCount: number;
  /** 'YYYY-MM' of lastDay, and the rows in it */
  monthOf: string | null;
  monthCount: number;
}

export interface CurrentStreak {
  length: number;
  unit: StreakUnit;
  from: string | null;
  to: string | null;
  /** it ends unless the member does something today (weeks: today and on every further day of the week) */
  atRisk: boolean;
}

export const EMPTY_STREAK: Readonly<StreakCache> = {
  unit: 'day',
  length: 0,
  from: null,
  to: null,
  longestDays: 0,
  longestWeeks: 0,
  total: 0,
  makeUps: 0,
  lastDay: null,
  weekOf: null,
  weekCount: 0,
  stretchWeekCount: 0,
  monthOf: null,
  monthCount: 0,
};

/** The cache from the rows alone; needed after a make-up or a withdrawal. */
export function rebuild(
  rules: readonly RuleVersion[],
  spells: readonly MembershipSpell[],
  rows: readonly CheckInRow[],
): StreakCache {
  const periods = periodsOf(rules);
  const stretches = stretchesOf(spells, periods[0]!.from);
  const tally = toTally(EMPTY_STREAK);
  const ascending = rows.map((row) => ({ day: toDayNumber(row.day), row })).sort((a, b) => a.day - b.day);
  let i = 0;
  for (const { day, row } of ascending) {
    while (i < stretches.length && stretches[i]!.to < day) i++;
    const start = stretches[i]?.from ?? Infinity;
    add(tally, periods, start <= day ? start : Infinity, day, row.day.slice(0, 7), row.kind);
  }
  restart(tally, stretches.at(-1)?.from ?? -Infinity);
  return toCache(tally);
}

/** The cache after a normal check-in on `today`, which is later than every other row. */
export function applyCheckIn(
  cache: StreakCache,
  rules: readonly RuleVersion[],
  stretchStartDay: string,
  today: string,
): StreakCache {
  const tally = toTally(cache);
  add(tally, periodsOf(rules), toDayNumber(stretchStartDay), toDayNumber(today), today.slice(0, 7), 'normal');
  return toCache(tally);
}

/** The cache after joining: the run of an earlier stretch is over; one who left today and is back goes on. */
export function applyJoin(cache: StreakCache, stretchStartDay: string): StreakCache {
  const tally = toTally(cache);
  restart(tally, toDayNumber(stretchStartDay));
  return toCache(tally);
}

/**
 * The streak as it stands on `today`, from a cache of any age; `stretchStartDay` is null for one who is not a member.
 */
export function currentStreak(
  cache: StreakCache,
  rules: readonly RuleVersion[],
  stretchStartDay: string | null,
  today: string,
): CurrentStreak {
  const periods = periodsOf(rules);
  const day = toDayNumber(today);
  const { unit, rule } = periodAt(periods, day);
  const tally = toTally(cache);
  const stretchStart = stretchStartDay === null ? Infinity : toDayNumber(stretchStartDay);
  if (!isAlive(tally, periods, stretchStart, day))
    return { length: 0, unit, from: null, to: null, atRisk: false };
  const { length, from, to } = cache;
  const atRisk =
    unit === 'day'
      ? tally.lastDay < day && isDueDay(periods, day)
      : isWeekAtRisk(tally, periods, day, timesOf(rule.schedule));
  return { length, unit, from, to, atRisk };
}

/**
 * A member's cache with its run at 0 once it is no longer alive, as leaderboards need it. Not for one who has left: he
 * may come back on the same day.
 */
export function settled(
  cache: StreakCache,
  rules: readonly RuleVersion[],
  stretchStartDay: string,
  today: string,
): StreakCache {
  return { ...cache, length: currentStreak(cache, rules, stretchStartDay, today).length };
}

/** The longest run in the unit of `today`; days and weeks are never compared. */
export function longestStreak(cache: StreakCache, rules: readonly RuleVersion[], today: string): number {
  return periodAt(periodsOf(rules), toDayNumber(today)).unit === 'day'
    ? cache.longestDays
    : cache.longestWeeks;
}

/** Rows for the days of this week, from Monday. */
export function countOfWeek(cache: StreakCache, today: string): number {
  return cache.weekOf === mondayOf(today) ? cache.weekCount : 0;
}

/** Rows for the days of this month. */
export function countOfMonth(cache: StreakCache, today: string): number {
  return cache.monthOf === today.slice(0, 7) ? cache.monthCount : 0;
}

/**
 * A cached run is alive on `today` when its unit is that of today and its `to` is not before this day: the last due
 * day before today, of weeks the Monday of the last closed week; never before the unit began to hold.
 */
export function aliveSince(rules: readonly RuleVersion[], today: string): string {
  return toDayText(lastDueBefore(periodsOf(rules), toDayNumber(today)));
}

// Inside, days are numbers and "none" is -Infinity, before every day. `stretchStart` is Infinity outside membership.
type Tally = Omit<StreakCache, 'from' | 'to' | 'lastDay' | 'weekOf'> & {
  from: number;
  to: number;
  lastDay: number;
  weekOf: number;
};

/** Adds one row; rows come in ascending order of day. */
function add(
  tally: Tally,
  periods: readonly Period[],
  stretchStart: number,
  day: number,
  month: string,
  kind: CheckInRow['kind'],
): void {
  const monday = weekStartOf(day);
  const sameWeek = tally.weekOf === monday;
  tally.weekCount = sameWeek ? tally.weekCount + 1 : 1;
  tally.stretchWeekCount = sameWeek && tally.lastDay >= stretchStart ? tally.stretchWeekCount + 1 : 1;
  tally.monthCount = tally.monthOf === month ? tally.monthCount + 1 : 1;
  tally.total++;
  if (kind === 'makeup') tally.makeUps++;
  tally.weekOf = monday;
  tally.monthOf = month;
  tally.lastDay = day;

  if (stretchStart > day) return;
  const { unit, rule } = periodAt(periods, day);
  if (unit === 'day' ? !isScheduled(rule.schedule, day) : tally.stretchWeekCount < timesOf(rule.schedule))
    return;
  const alive = isAlive(tally, periods, stretchStart, day);
  const weekCounted = alive && unit === 'week' && tally.to >= monday;
  if (!weekCounted) {
    tally.length = alive ? tally.length + 1 : 1;
    if (!alive) tally.from = unit === 'day' ? day : monday;
    tally.unit = unit;
    if (unit === 'day') tally.longestDays = Math.max(tally.longestDays, tally.length);
    else tally.longestWeeks = Math.max(tally.longestWeeks, tally.length);
  }
  tally.to = day;
}

function isAlive(tally: Tally, periods: readonly Period[], stretchStart: number, day: number): boolean {
  const { unit } = periodAt(periods, day);
  if (tally.unit !== unit || tally.to < stretchStart) return false;
  return tally.to >= stepBack(unit, day) || tally.to >= lastDueBefore(periods, day);
}

function lastDueBefore(periods: readonly Period[], day: number): number {
  const { unit, segmentFrom } = periodAt(periods, day);
  const isDue = unit === 'day' ? isDueDay : isDueWeek;
  let due = stepBack(unit, day);
  while (due > segmentFrom && !isDue(periods, due)) due = stepBack(unit, due);
  return Math.max(due, segmentFrom);
}

/** The day before, or the Monday of the week before. */
const stepBack = (unit: StreakUnit, day: number): number => (unit === 'day' ? day - 1 : weekStartOf(day) - 7);

/** True when no day of the open week may be missed any more, for a run that is alive. */
function isWeekAtRisk(tally: Tally, periods: readonly Period[], today: number, times: number): boolean {
  const monday = weekStartOf(today);
  if (tally.to >= monday || !isDueWeek(periods, monday)) return false;
  let possible = tally.weekOf === monday ? tally.stretchWeekCount : 0;
  for (let day = today; day < monday + 7; day++) if (day > tally.lastDay && occurs(periods, day)) possible++;
  return possible <= times;
}

function restart(tally: Tally, stretchStart: number): void {
  if (tally.to < stretchStart) Object.assign(tally, { length: 0, from: -Infinity, to: -Infinity });
}

// Spread, not rest: taking properties out with `...rest` costs microseconds.
const toTally = (cache: StreakCache): Tally => ({
  ...cache,
  from: numberOf(cache.from),
  to: numberOf(cache.to),
  lastDay: numberOf(cache.lastDay),
  weekOf: numberOf(cache.weekOf),
});

const toCache = (tally: Tally): StreakCache => ({
  ...tally,
  from: textOf(tally.from),
  to: textOf(tally.to),
  lastDay: textOf(tally.lastDay),
  weekOf: textOf(tally.weekOf),
});

const numberOf = (day: string | null): number => (day === null ? -Infinity : toDayNumber(day));
const textOf = (day: number): string | null => (day === -Infinity ? null : toDayText(day));
