import { describe, expect, it } from 'vitest';
import { DAILY, onWeekdays, perWeek, rule } from './fixtures.spec-support.js';
import { acceptsCheckIn, dayEndsAt, dayStartsAt, nextEffectiveDay, ruleOf, todayOf } from './rule.js';

const today = (rules: Parameters<typeof todayOf>[0], instant: string) => todayOf(rules, new Date(instant));
const next = (rules: Parameters<typeof todayOf>[0], change: ReturnType<typeof rule>, instant: string) =>
  nextEffectiveDay(rules, change, new Date(instant));

describe('today', () => {
  it('is the local date of the group’s zone, to the millisecond', () => {
    const rules = [rule(DAILY, { timeZone: 'Asia/Shanghai' })];
    expect(today(rules, '2025-06-01T15:59:59.999Z')).toBe('2025-06-01');
    expect(today(rules, '2025-06-01T16:00:00.000Z')).toBe('2025-06-02');
  });

  it('begins at the day start: at 03:59 it is still yesterday for a group that begins at 4', () => {
    const rules = [rule(DAILY, { timeZone: 'Europe/Berlin', dayStartHour: 4 })];
    expect(today(rules, '2025-06-02T01:59:59.999Z')).toBe('2025-06-01');
    expect(today(rules, '2025-06-02T02:00:00.000Z')).toBe('2025-06-02');
  });

  it.each([
    ['America/New_York', '2025-03-09', 23],
    ['America/New_York', '2025-11-02', 25],
    ['Europe/Berlin', '2025-03-30', 23],
    ['Europe/Berlin', '2025-10-26', 25],
    ['Australia/Lord_Howe', '2025-04-06', 24.5],
    ['Asia/Shanghai', '2025-03-09', 24],
  ])('makes %s %s one day of %d hours', (timeZone, day, hours) => {
    const rules = [rule(DAILY, { timeZone })];
    const [start, end] = [dayStartsAt(rules, day), dayEndsAt(rules, day)];
    expect((end.getTime() - start.getTime()) / 3_600_000).toBe(hours);
    expect(todayOf(rules, start)).toBe(day);
    expect(todayOf(rules, new Date(end.getTime() - 1))).toBe(day);
    expect(todayOf(rules, end) > day).toBe(true);
  });

  it('takes the day start as elapsed hours: on a day of 23 hours a group with day start 3 begins at 4 o’clock', () => {
    const rules = [rule(DAILY, { timeZone: 'Europe/Berlin', dayStartHour: 3 })];
    expect(dayStartsAt(rules, '2025-03-30').toISOString()).toBe('2025-03-30T02:00:00.000Z');
  });
});

describe('versions', () => {
  it('keep the past: a day has the version of its day', () => {
    const rules = [rule(DAILY), rule(onWeekdays(1, 2), { effectiveFrom: '2025-03-01' })];
    expect(ruleOf(rules, '2024-12-31')).toBe(rules[0]);
    expect(ruleOf(rules, '2025-02-28')).toBe(rules[0]);
    expect(ruleOf(rules, '2025-03-01')).toBe(rules[1]);
    expect(acceptsCheckIn(rules, '2025-02-26')).toBe(true);
    expect(acceptsCheckIn(rules, '2025-03-05')).toBe(false);
  });

  it('make the last day before a move east short and before a move west long, and skip no other date', () => {
    const east = [
      rule(DAILY, { timeZone: 'America/New_York' }),
      rule(DAILY, { timeZone: 'Asia/Shanghai', effectiveFrom: '2025-06-10' }),
    ];
    expect(dayStartsAt(east, '2025-06-09').toISOString()).toBe('2025-06-09T04:00:00.000Z');
    expect(dayEndsAt(east, '2025-06-09').toISOString()).toBe('2025-06-09T16:00:00.000Z');
    expect(today(east, '2025-06-09T15:59:59.999Z')).toBe('2025-06-09');
    expect(today(east, '2025-06-09T16:00:00.000Z')).toBe('2025-06-10');

    const west = [
      rule(DAILY, { timeZone: 'Asia/Shanghai' }),
      rule(DAILY, { timeZone: 'America/New_York', effectiveFrom: '2025-06-10' }),
    ];
    expect(today(west, '2025-06-10T03:59:59.999Z')).toBe('2025-06-09');
    expect(today(west, '2025-06-10T04:00:00.000Z')).toBe('2025-06-10');
  });

  it('let a date fall out when the group moves more than a day ahead', () => {
    const rules = [
      rule(DAILY, { timeZone: 'Pacific/Pago_Pago' }),
      rule(DAILY, { timeZone: 'Pacific/Kiritimati', effectiveFrom: '2025-06-10' }),
    ];
    expect(dayStartsAt(rules, '2025-06-09')).toEqual(dayEndsAt(rules, '2025-06-09'));
    expect(today(rules, '2025-06-09T09:59:59.999Z')).toBe('2025-06-08');
    expect(today(rules, '2025-06-09T10:00:00.000Z')).toBe('2025-06-10');
  });
});

describe('the first day of a new version', () => {
  const wednesday = '2025-06-04T04:00:00Z';

  it('is tomorrow for everything that does not touch times per week', () => {
    expect(next([rule(DAILY)], rule(onWeekdays(1)), wednesday)).toBe('2025-06-05');
    expect(next([rule(perWeek(3))], rule(perWeek(3), { dayStartHour: 5 }), wednesday)).toBe('2025-06-05');
  });

  it('is the next Monday when times per week begin, end or change', () => {
    expect(next([rule(DAILY)], rule(perWeek(3)), wednesday)).toBe('2025-06-09');
    expect(next([rule(perWeek(3))], rule(DAILY), wednesday)).toBe('2025-06-09');
    expect(next([rule(perWeek(3))], rule(perWeek(4)), wednesday)).toBe('2025-06-09');
    expect(next([rule(DAILY)], rule(perWeek(3)), '2025-06-09T04:00:00Z')).toBe('2025-06-16');
  });

  it('has begun neither in the old nor in the new zone', () => {
    const newYork = rule(DAILY, { timeZone: 'America/New_York' });
    const shanghai = rule(DAILY, { timeZone: 'Asia/Shanghai' });
    // Tuesday evening in New York is Wednesday morning in Shanghai
    expect(next([newYork], shanghai, '2025-06-04T01:00:00Z')).toBe('2025-06-05');
    expect(next([shanghai], newYork, '2025-06-04T01:00:00Z')).toBe('2025-06-05');
    // Sunday in New York, already Monday in Shanghai: the Monday after
    expect(next([newYork], rule(perWeek(2)), '2025-06-08T23:00:00Z')).toBe('2025-06-16');
  });

  it('replaces a version that was still to come', () => {
    const rules = [rule(DAILY), rule(perWeek(3), { effectiveFrom: '2025-06-09' })];
    expect(next(rules, rule(perWeek(5)), wednesday)).toBe('2025-06-09');
    expect(next(rules, rule(onWeekdays(1, 3)), wednesday)).toBe('2025-06-05');
  });
});
