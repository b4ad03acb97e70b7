import { describe, expect, it } from 'vitest';
import { done, madeUp, perWeek, rule, SINCE_START } from './fixtures.spec-support.js';
import { countByHour, countByWeekday, memberCalendar } from './member-statistics.js';

describe('the calendar of a member', () => {
  it('has every date of the range exactly once, over a leap day and both changes of the clocks', () => {
    const rules = [
      rule(undefined, { effectiveFrom: '2024-01-01', timeZone: 'America/New_York', dayStartHour: 6 }),
    ];
    const { days } = memberCalendar(rules, SINCE_START, [], '2024-02-01', '2025-03-06', '2024-07-01');
    expect(days).toHaveLength(400);
    expect(new Set(days.map((cell) => cell.day)).size).toBe(400);
    expect(days.map((cell) => cell.day)).toEqual(days.map((cell) => cell.day).sort());
    expect(days[28]!.day).toBe('2024-02-29');
    expect([days[0]!.day, days.at(-1)!.day]).toEqual(['2024-02-01', '2025-03-06']);
  });

  it('sums up: done, made up, missed, due with today, and the rate of what is decided', () => {
    const rows = [...done('2025-06', 2, 3), madeUp('2025-06-04')];
    const { summary } = memberCalendar([rule()], SINCE_START, rows, '2025-06-02', '2025-06-30', '2025-06-06');
    expect(summary).toEqual({ done: 2, makeUps: 1, missed: 1, due: 5, rate: 0.75 });
  });

  it('has no rate when nothing was due', () => {
    const { summary } = memberCalendar([rule()], SINCE_START, [], '2025-06-06', '2025-06-30', '2025-06-06');
    expect(summary).toEqual({ done: 0, makeUps: 0, missed: 0, due: 1, rate: null });
  });

  it('looks at the whole week, also outside the range', () => {
    const rows = done('2025-06', 2, 3, 8);
    const { days } = memberCalendar(
      [rule(perWeek(3))],
      SINCE_START,
      rows,
      '2025-06-05',
      '2025-06-06',
      '2025-06-20',
    );
    expect(days.map((cell) => cell.state)).toEqual(['COVERED', 'COVERED']);
  });
});

describe('counts', () => {
  it('by weekday take every row, Monday first', () => {
    expect(countByWeekday([...done('2025-06', 2, 9, 8), madeUp('2025-06-03')])).toEqual([
      2, 1, 0, 0, 0, 0, 1,
    ]);
  });

  it('by hour take normal check-ins at the local hour of their day’s zone', () => {
    const rules = [
      rule(undefined, { timeZone: 'Europe/Berlin' }),
      rule(undefined, { timeZone: 'Asia/Kathmandu', effectiveFrom: '2025-06-03' }),
    ];
    const counts = countByHour(rules, [
      { day: '2025-03-30', kind: 'normal', at: new Date('2025-03-30T01:00:00Z') },
      { day: '2025-06-02', kind: 'normal', at: new Date('2025-06-02T21:59:00Z') },
      { day: '2025-06-03', kind: 'normal', at: new Date('2025-06-02T18:20:00Z') },
      { day: '2025-06-01', kind: 'makeup', at: new Date('2025-06-02T18:20:00Z') },
    ]);
    expect(counts).toHaveLength(24);
    expect(counts.map((count, hour) => (count ? [hour, count] : [])).flat()).toEqual([0, 1, 3, 1, 23, 1]);
  });
});
