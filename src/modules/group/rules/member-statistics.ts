import { localHourAt, toDayNumber, toDayText, weekdayOf } from './calendar-day.js';
import { type CheckInRow, type DayState, memberFacts, stateOf } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { periodAt, periodsOf, type RuleVersion } from './rule.js';

export interface CalendarCell {
  day: string;
  state: DayState;
}

export interface CalendarSummary {
  /** normal check-ins */
  done: number;
  makeUps: number;
  missed: number;
  /** done, made up, missed, or still to be done today */
  due: number;
  /** 0 to 1: done and made up of what is decided (done, made up, missed); null when nothing is */
  rate: number | null;
}

/**
 * Every date of [from, to] once, ascending, with its state. `rows` must hold at least the whole weeks of the range
 * (see wholeWeeks), as the states of a week with n times depend on all of it.
 */
export function memberCalendar(
  rules: readonly RuleVersion[],
  spells: readonly MembershipSpell[],
  rows: readonly CheckInRow[],
  from: string,
  to: string,
  today: string,
): { days: CalendarCell[]; summary: CalendarSummary } {
  const facts = memberFacts(rules, spells, rows);
  const now = toDayNumber(today);
  const last = toDayNumber(to);
  const days: CalendarCell[] = [];
  for (let day = toDayNumber(from); day <= last; day++) {
    days.push({ day: toDayText(day), state: stateOf(facts, day, now) });
  }
  return { days, summary: summarise(days.map((cell) => cell.state)) };
}

export function summarise(states: readonly DayState[]): CalendarSummary {
  const count = (state: DayState) => states.filter((other) => other === state).length;
  const [done, makeUps, missed] = [count('DONE'), count('MAKEUP'), count('MISSED')];
  const decided = done + makeUps + missed;
  return {
    done,
    makeUps,
    missed,
    due: decided + count('PENDING'),
    rate: decided ? (done + makeUps) / decided : null,
  };
}

/** What one group makes of its member's days. */
export interface MemberPart {
  rules: readonly RuleVersion[];
  spells: readonly MembershipSpell[];
  rows: readonly CheckInRow[];
  /** The group's. */
  today: string;
}

export interface DayTally {
  day: string;
  /** done, made up, missed, or still to be done today */
  due: number;
  /** check-ins, make-ups included */
  done: number;
  makeUps: number;
  missed: number;
}

/** Every date of [from, to] once, ascending, summed up over groups; `rows` as for `memberCalendar`. */
export function tallyDays(parts: readonly MemberPart[], from: string, to: string): DayTally[] {
  const first = toDayNumber(from);
  const tallies = Array.from({ length: toDayNumber(to) - first + 1 }, (_, i) => ({
    day: toDayText(first + i),
    due: 0,
    done: 0,
    makeUps: 0,
    missed: 0,
  }));
  for (const { rules, spells, rows, today } of parts) {
    const facts = memberFacts(rules, spells, rows);
    const now = toDayNumber(today);
    const begun = Math.max(first, facts.start);
    const last = Math.min(first + tallies.length - 1, now);
    for (let day = begun; day <= last; day++) add(tallies[day - first]!, stateOf(facts, day, now));
  }
  return tallies;
}

function add(tally: DayTally, state: DayState): void {
  const isMakeUp = state === 'MAKEUP';
  const isDone = state === 'DONE' || isMakeUp;
  const isMissed = state === 'MISSED';
  if (isDone) tally.done++;
  if (isMakeUp) tally.makeUps++;
  if (isMissed) tally.missed++;
  if (isDone || isMissed || state === 'PENDING') tally.due++;
}

/** Rows per weekday of their day, make-ups included: seven counts, Monday first. */
export function countByWeekday(rows: readonly CheckInRow[]): number[] {
  const counts = new Array<number>(7).fill(0);
  for (const row of rows) counts[weekdayOf(toDayNumber(row.day)) - 1]!++;
  return counts;
}

/** Normal check-ins per local hour, in the zone of the version of their day: 24 counts from 0 o'clock. */
export function countByHour(rules: readonly RuleVersion[], rows: readonly CheckInRow[]): number[] {
  const periods = periodsOf(rules);
  const counts = new Array<number>(24).fill(0);
  for (const { day, kind, at } of rows) {
    if (kind !== 'normal' || !at) continue;
    counts[localHourAt(periodAt(periods, toDayNumber(day)).rule.timeZone, at.getTime())]!++;
  }
  return counts;
}
