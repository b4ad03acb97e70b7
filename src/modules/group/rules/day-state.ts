import { toDayNumber, weekStartOf } from './calendar-day.js';
import { type MembershipSpell, type Stretch, stretchesOf } from './membership-spells.js';
import { isDueDay, occurs, type Period, periodAt, periodsOf, type RuleVersion, timesOf } from './rule.js';

/** FROZEN and LEAVE are reserved: nothing produces them yet. */
export const DAY_STATES = [
  'NOT_MEMBER',
  'BEFORE_START',
  'NOT_DUE',
  'COVERED',
  'PENDING',
  'DONE',
  'MAKEUP',
  'FROZEN',
  'LEAVE',
  'MISSED',
  'FUTURE',
] as const;
export type DayState = (typeof DAY_STATES)[number];

/** A valid (not withdrawn) check-in; at most one per day, in any order. */
export interface CheckInRow {
  day: string;
  kind: 'normal' | 'makeup';
  /** the instant of the check-in */
  at?: Date;
}

/** All that decides the states of one member's days. */
export interface MemberFacts {
  periods: Period[];
  stretches: Stretch[];
  kinds: Map<number, CheckInRow['kind']>;
  /** before it neither group nor membership existed */
  start: number;
}

export function memberFacts(
  rules: readonly RuleVersion[],
  spells: readonly MembershipSpell[],
  rows: readonly CheckInRow[],
): MemberFacts {
  const periods = periodsOf(rules);
  const start = periods[0]!.from;
  const stretches = stretchesOf(spells, start);
  const kinds = new Map(rows.map((row) => [toDayNumber(row.day), row.kind]));
  return { periods, stretches, kinds, start: stretches[0]?.from ?? start };
}

export function stateOf(facts: MemberFacts, day: number, today: number): DayState {
  if (day > today) return 'FUTURE';
  if (day < facts.start) return 'BEFORE_START';
  const kind = facts.kinds.get(day);
  if (kind) return kind === 'makeup' ? 'MAKEUP' : 'DONE';
  const stretch = facts.stretches.find(({ from, to }) => from <= day && day <= to);
  if (!stretch) return 'NOT_MEMBER';
  if (!isDueDay(facts.periods, day)) return 'NOT_DUE';
  const times = timesOf(periodAt(facts.periods, day).rule.schedule);
  if (times) return stateInWeek(facts, stretch, times, day, today);
  return day === today ? 'PENDING' : 'MISSED';
}

/**
 * A day without a check-in in a week that owes `times` of them. A week owes so many days and not certain ones: a
 * day is missed when even doing every day after it was no longer enough. So a week has as many missed days as it
 * lacks check-ins. A week cut too short by joining or leaving owes none.
 */
function stateInWeek(
  facts: MemberFacts,
  stretch: Stretch,
  times: number,
  day: number,
  today: number,
): DayState {
  const monday = weekStartOf(day);
  let done = 0;
  let doneBefore = 0;
  let available = 0;
  let after = 0;
  for (let d = Math.max(monday, stretch.from); d <= Math.min(monday + 6, stretch.to); d++) {
    if (facts.kinds.has(d)) {
      done++;
      if (d < day) doneBefore++;
    } else if (!occurs(facts.periods, d)) continue;
    available++;
    if (d > day) after++;
  }
  if (done >= times) return 'COVERED';
  if (day === today) return 'PENDING';
  return available < times || doneBefore + after >= times ? 'NOT_DUE' : 'MISSED';
}
