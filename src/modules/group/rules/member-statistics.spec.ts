import { describe, expect, it } from 'vitest';
import { done, madeUp, perWeek, rule, SINCE_START } from './fixtures.spec-support.js';
import { countByHour, countByWeekday, memberCalendar, tallyDays } from './member-statistics.js';

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

describe('the days over several groups', () => {
  it('are the sums of the calendars of each', () => {
    const left = [
      { joinedDay: '2025-06-03', leftDay: '2025-06-05' },
      { joinedDay: '2025-06-09', leftDay: null },
    ];
    const parts = [
      {
        rules: [rule()],
        spells: SINCE_START,
        rows: [...done('2025-06', 2, 4), madeUp('2025-06-03')],
        today: '2025-06-11',
      },
      { rules: [rule(perWeek(2))], spells: SINCE_START, rows: done('2025-06', 3, 4), today: '2025-06-11' },
      { rules: [rule()], spells: left, rows: done('2025-06', 4, 10), today: '2025-06-10' },
    ];
    const [from, to] = ['2024-12-28', '2025-06-30'];
    const calendars = parts.map(({ rules, spells, rows, today }) =>
      memberCalendar(rules, spells, rows, from, to, today),
    );
    const tallies = tallyDays(parts, from, to);
    expect(tallies.map(({ day }) => day)).toEqual(calendars[0]!.days.map(({ day }) => day));
    const sum = (key: 'due' | 'makeUps' | 'missed') => tallies.reduce((all, tally) => all + tally[key], 0);
    for (const key of ['due', 'makeUps', 'missed'] as const)
      expect(sum(key)).toBe(calendars.reduce((all, { summary }) => all + summary[key], 0));
    const on = (day: string) => tallies.find((tally) => tally.day === day);
    expect(on('2025-06-04')).toEqual({ day: '2025-06-04', due: 3, done: 3, makeUps: 0, missed: 0 });
    expect(on('2025-06-03')).toEqual({ day: '2025-06-03', due: 3, done: 2, makeUps: 1, missed: 1 });
    expect(on('2025-06-05')).toEqual({ day: '2025-06-05', due: 2, done: 0, makeUps: 0, missed: 2 });
    expect(on('2025-06-07')).toEqual({ day: '2025-06-07', due: 1, done: 0, makeUps: 0, missed: 1 });
    expect(on('2025-06-11')).toEqual({ day: '2025-06-11', due: 2, done: 0, makeUps: 0, missed: 0 });
    for (const day of ['2024-12-31', '2025-06-12']) expect(on(day)).toMatchObject({ due: 0, done: 0 });
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
