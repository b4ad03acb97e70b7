import {
  localDayAt,
  startOfLocalDay,
  toDayNumber,
  toDayText,
  weekdayOf,
  weekStartOf,
} from './calendar-day.js';

export type Schedule =
  | { kind: 'daily' }
  /** Monday is 1, Sunday 7 */
  | { kind: 'weekdays'; weekdays: number[] }
  /** 1 to 7 times a week, Monday to Sunday */
  | { kind: 'perWeek'; times: number };

export interface MakeUpPolicy {
  allowed: boolean;
  /** how many days back */
  windowDays: number;
  /** per calendar month of the action */
  monthlyLimit: number;
  /** in code points */
  minReasonLength: number;
}

/** The check-in rule of a group from one day on; past days keep the version of their day. */
export interface RuleVersion {
  /** 'YYYY-MM-DD', the first day under this version */
  effectiveFrom: string;
  /** IANA name */
  timeZone: string;
  /** 0 to 6: hours after local midnight at which a day begins */
  dayStartHour: number;
  schedule: Schedule;
  makeUp: MakeUpPolicy;
  /** in code points */
  minNoteLength: number;
  imageRequired: boolean;
}

/** What a streak counts: done days, or weeks with enough done days. */
export type StreakUnit = 'day' | 'week';

// Every `rules` below is one group's versions, ascending by effectiveFrom, at least one.

/** The version of a day; before the first version the first one. */
export function ruleOf(rules: readonly RuleVersion[], day: string): RuleVersion {
  return rules.findLast((rule) => rule.effectiveFrom <= day) ?? rules[0]!;
}

export const unitOf = (schedule: Schedule): StreakUnit => (schedule.kind === 'perWeek' ? 'week' : 'day');

/** False on a day on which nobody is expected: a weekday off. With n per week every day may be done. */
export function acceptsCheckIn(rules: readonly RuleVersion[], day: string): boolean {
  return isScheduled(ruleOf(rules, day).schedule, toDayNumber(day));
}

/** When a day begins: local midnight plus the day start, in the zone of the version of that day. */
export function dayStartsAt(rules: readonly RuleVersion[], day: string): Date {
  return new Date(dayStart(periodsOf(rules), toDayNumber(day)));
}

/** When a day ends, which is when the next one begins. */
export function dayEndsAt(rules: readonly RuleVersion[], day: string): Date {
  return new Date(dayStart(periodsOf(rules), toDayNumber(day) + 1));
}

/** The group's today: the latest day that has begun. It never goes back, also when a version changes the zone. */
export function todayOf(rules: readonly RuleVersion[], now: Date): string {
  let last = Infinity;
  for (let i = rules.length - 1; ; i--) {
    const rule = rules[i]!;
    const first = toDayNumber(rule.effectiveFrom);
    const day = Math.min(dayUnder(rule, now), last);
    if (day >= first || i === 0) return toDayText(day);
    last = first - 1;
  }
}

/**
 * The first day of a new version decided now: a day that has begun neither for the group nor in the new zone, and a
 * Monday where times per week begin, end or change, so that no week is counted in two ways.
 * The new version replaces all versions from that day on.
 */
export function nextEffectiveDay(
  rules: readonly RuleVersion[],
  next: Pick<RuleVersion, 'timeZone' | 'dayStartHour' | 'schedule'>,
  now: Date,
): string {
  const begun = Math.max(toDayNumber(todayOf(rules, now)), dayUnder(next, now));
  const waitsForMonday = timesOf(ruleOf(rules, toDayText(begun)).schedule) !== timesOf(next.schedule);
  return toDayText(waitsForMonday ? weekStartOf(begun) + 7 : begun + 1);
}

/** A version with its days as numbers, for the walks over days inside the rules. */
export interface Period {
  from: number;
  /** last day, Infinity for the last version */
  to: number;
  /** first day of the unbroken row of versions with the same unit: streaks never cross it */
  segmentFrom: number;
  unit: StreakUnit;
  rule: RuleVersion;
}

export function periodsOf(rules: readonly RuleVersion[]): Period[] {
  const periods: Period[] = [];
  for (const rule of rules) {
    const previous = periods.at(-1);
    const from = toDayNumber(rule.effectiveFrom);
    const unit = unitOf(rule.schedule);
    if (previous) previous.to = from - 1;
    periods.push({
      from,
      to: Infinity,
      segmentFrom: previous?.unit === unit ? previous.segmentFrom : from,
      unit,
      rule,
    });
  }
  return periods;
}

export function periodAt(periods: readonly Period[], day: number): Period {
  for (let i = periods.length - 1; i > 0; i--) if (periods[i]!.from <= day) return periods[i]!;
  return periods[0]!;
}

/** Does anybody have to do something on this very day (times per week owe weeks, not days)? */
export function isDueDay(periods: readonly Period[], day: number): boolean {
  return isScheduled(periodAt(periods, day).rule.schedule, day) && occurs(periods, day);
}

/** Has the week enough days for its times per week? */
export function isDueWeek(periods: readonly Period[], monday: number): boolean {
  let days = 0;
  for (let day = monday; day < monday + 7; day++) if (occurs(periods, day)) days++;
  return days >= timesOf(periodAt(periods, monday).rule.schedule);
}

/** False for a date that never comes: the zone leaps over it, or the group moves to a zone a day ahead. */
export function occurs(periods: readonly Period[], day: number): boolean {
  return dayStart(periods, day) < dayStart(periods, day + 1);
}

/** How many days a week owes, 0 when days are due one by one. */
export const timesOf = (schedule: Schedule): number => (schedule.kind === 'perWeek' ? schedule.times : 0);

/** Is the day one of the schedule's? With times per week every day is. */
export function isScheduled(schedule: Schedule, day: number): boolean {
  return schedule.kind !== 'weekdays' || schedule.weekdays.includes(weekdayOf(day));
}

function dayStart(periods: readonly Period[], day: number): number {
  const { rule, to } = periodAt(periods, day);
  const start = startOfLocalDay(rule.timeZone, day) + rule.dayStartHour * 3_600_000;
  // A next version far to the east may begin before this last day would have: then this day never comes.
  return day === to ? Math.min(start, dayStart(periods, day + 1)) : start;
}

function dayUnder(rule: Pick<RuleVersion, 'timeZone' | 'dayStartHour'>, now: Date): number {
  return localDayAt(rule.timeZone, now.getTime() - rule.dayStartHour * 3_600_000);
}
