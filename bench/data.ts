import { dayStartsAt, type RuleVersion, todayOf } from '../src/modules/group/rules/rule.js';
import { toDayNumber, toDayText } from '../src/modules/group/rules/calendar-day.js';
import type { CheckInRow } from '../src/modules/group/rules/day-state.js';

export const USERS = 10_000;
export const GROUPS = 200;
export const MEMBERS_PER_GROUP = 1_000;
export const MEMBERSHIPS = GROUPS * MEMBERS_PER_GROUP;
export const DAYS_PER_MEMBER = 10;
export const SECRET = 'a secret that only the benchmark knows of';

/** The days before today of which everybody has checked in on all but two. */
const HISTORY_DAYS = 12;

/** Everything that is loaded follows from this. */
export interface World {
  rules: RuleVersion[];
  /** The groups' today, which must not end while the benchmark runs. */
  today: string;
  /** First day of every membership. */
  joinedDay: string;
  /** Epoch milliseconds at which the days of the history begin, the latest first. */
  dayStarts: number[];
}

export function worldOf(now: Date): World {
  // In one of the two zones it is neither late nor early, at any time.
  const timeZone = isDaytime(now, 'Asia/Shanghai') ? 'Asia/Shanghai' : 'America/New_York';
  const rule: Omit<RuleVersion, 'effectiveFrom'> = {
    timeZone,
    dayStartHour: 0,
    schedule: { kind: 'daily' },
    makeUp: { allowed: true, windowDays: 7, monthlyLimit: 3, minReasonLength: 5 },
    minNoteLength: 0,
    imageRequired: false,
  };
  const today = todayOf([{ ...rule, effectiveFrom: '1970-01-01' }], now);
  const rules = [{ ...rule, effectiveFrom: toDayText(toDayNumber(today) - 30) }];
  const dayStarts = Array.from({ length: HISTORY_DAYS }, (_, ago) =>
    dayStartsAt(rules, toDayText(toDayNumber(today) - 1 - ago)).getTime(),
  );
  return { rules, today, joinedDay: toDayText(toDayNumber(today) - 20), dayStarts };
}

/** @param place from 0; every user is in as many groups as every other */
export const userOf = (group: number, place: number): number => ((group * 50 + place) % USERS) + 1;

/** The `n`th membership, so that neighbours are of different groups: nobody waits for a row more than in real life. */
export function membershipOf(n: number): { groupId: number; userId: number } {
  const group = n % GROUPS;
  const place = Math.floor(n / GROUPS) % MEMBERS_PER_GROUP;
  return { groupId: group + 1, userId: userOf(group, place) };
}

/** How many days ago (from 1) a member of that place checked in, the longest ago first; two of the history are missing. */
export function daysAgoOf(place: number): number[] {
  const first = place % HISTORY_DAYS;
  const second = (first + 1 + (Math.floor(place / HISTORY_DAYS) % (HISTORY_DAYS - 1))) % HISTORY_DAYS;
  return Array.from({ length: HISTORY_DAYS }, (_, index) => HISTORY_DAYS - index).filter(
    (ago) => ago !== first + 1 && ago !== second + 1,
  );
}

/** The check-ins of a member of that place, ascending. */
export function checkInsOf(world: World, place: number): (CheckInRow & { at: Date })[] {
  return daysAgoOf(place).map((ago) => ({
    day: toDayText(toDayNumber(world.today) - ago),
    kind: 'normal',
    // Between six and twenty o'clock.
    at: new Date(
      world.dayStarts[ago - 1]! + 21_600_000 + ((place * 61 + ago * 977) % 50_000) * 1_000 + place,
    ),
  }));
}

function isDaytime(now: Date, timeZone: string): boolean {
  const hour = Number(now.toLocaleString('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }));
  return hour >= 6 && hour < 20;
}
