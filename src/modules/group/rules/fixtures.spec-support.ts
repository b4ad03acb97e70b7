import { type CheckInRow } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { type RuleVersion, type Schedule } from './rule.js';

export const DAILY: Schedule = { kind: 'daily' };
export const perWeek = (times: number): Schedule => ({ kind: 'perWeek', times });
export const onWeekdays = (...weekdays: number[]): Schedule => ({ kind: 'weekdays', weekdays });

export function rule(schedule: Schedule = DAILY, changes: Partial<RuleVersion> = {}): RuleVersion {
  return {
    effectiveFrom: '2025-01-01',
    timeZone: 'Asia/Shanghai',
    dayStartHour: 0,
    schedule,
    makeUp: { allowed: true, windowDays: 7, monthlyLimit: 3, minReasonLength: 5 },
    minNoteLength: 0,
    imageRequired: false,
    ...changes,
  };
}

/** A member since the first day of the rule above, a Wednesday. */
export const SINCE_START: MembershipSpell[] = [{ joinedDay: '2025-01-01', leftDay: null }];

/** Normal check-ins on days of one month: `done('2025-06', 2, 3)`. */
export function done(month: string, ...days: number[]): CheckInRow[] {
  return days.map((day) => ({ day: `${month}-${String(day).padStart(2, '0')}`, kind: 'normal' }));
}

export const madeUp = (day: string): CheckInRow => ({ day, kind: 'makeup' });
