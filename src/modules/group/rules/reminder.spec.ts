import { expect, it } from 'vitest';
import { reminderDayAt } from './reminder.js';
import type { RuleVersion } from './rule.js';

const rule = (changes: Partial<RuleVersion> = {}): RuleVersion => ({
  effectiveFrom: '2026-01-01',
  timeZone: 'Asia/Shanghai',
  dayStartHour: 0,
  schedule: { kind: 'daily' },
  makeUp: { allowed: true, windowDays: 7, monthlyLimit: 3, minReasonLength: 0 },
  minNoteLength: 0,
  imageRequired: false,
  ...changes,
});
const due = (changes: Partial<RuleVersion>, hour: number, at: string) =>
  reminderDayAt([rule(changes)], hour, new Date(at));

it.each([
  ['before the hour', {}, 20, '2026-03-02T11:59:59.999Z', null],
  ['at the hour', {}, 20, '2026-03-02T12:00:00.000Z', '2026-03-02'],
  ['until the day is over', {}, 20, '2026-03-02T15:59:59.999Z', '2026-03-02'],
  ['not for the day before', {}, 20, '2026-03-02T16:00:00.000Z', null],
  ['at the first hour', {}, 0, '2026-03-02T16:00:00.000Z', '2026-03-03'],
  ['in another zone', { timeZone: 'America/New_York' }, 20, '2026-03-03T01:00:00.000Z', '2026-03-02'],
  ['in the night of a day that starts late', { dayStartHour: 4 }, 1, '2026-03-02T16:59:59.999Z', null],
  ['in that night', { dayStartHour: 4 }, 1, '2026-03-02T17:00:00.000Z', '2026-03-02'],
  ['until its end', { dayStartHour: 4 }, 1, '2026-03-02T19:59:59.999Z', '2026-03-02'],
  ['and no longer', { dayStartHour: 4 }, 1, '2026-03-02T20:00:00.000Z', null],
  ['with its start', { dayStartHour: 4 }, 4, '2026-03-02T20:00:00.000Z', '2026-03-03'],
  ['on a weekday off', { schedule: { kind: 'weekdays', weekdays: [2] } }, 8, '2026-03-02T04:00:00Z', null],
  [
    'on a weekday on',
    { schedule: { kind: 'weekdays', weekdays: [1] } },
    8,
    '2026-03-02T04:00:00Z',
    '2026-03-02',
  ],
  // 02:00 to 03:00 is left out on this day.
  ['when the clock leaps over the hour', { timeZone: 'Europe/Berlin' }, 2, '2026-03-29T00:59:00Z', null],
  ['right after the leap', { timeZone: 'Europe/Berlin' }, 2, '2026-03-29T01:00:00Z', '2026-03-29'],
] as const)('knows when to remind: %s', (_, changes, hour, at, day) => {
  expect(due(changes as Partial<RuleVersion>, hour, at)).toBe(day);
});
