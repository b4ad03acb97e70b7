import { describe, expect, it } from 'vitest';
import { addDays } from '@/composables/days';
import { dayAfterKey, levelOfShare, monthMarks, weeksOf } from './heatmap';

const daysFrom = (day: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ day: addDays(day, index) }));

describe('the calendar heatmap', () => {
  it('begins every week on Monday and fills up the first and the last', () => {
    // A Saturday.
    const weeks = weeksOf(daysFrom('2026-08-01', 31));
    expect(weeks).toHaveLength(6);
    expect(weeks[0]!.map((cell) => cell?.day.slice(-2))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      '01',
      '02',
    ]);
    expect(weeks[5]!.filter(Boolean)).toEqual([{ day: '2026-08-31' }]);
    expect(weeksOf([])).toEqual([]);
  });

  it('names each month over the week of its first day', () => {
    const marks = monthMarks(weeksOf(daysFrom('2026-01-01', 365)));
    expect(marks.map(({ month }) => month)).toEqual(
      Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`),
    );
    expect(marks[0]!.week).toBe(0);
    // 1 February 2026 is a Sunday, the last day of its week.
    expect(marks[1]!.week).toBe(4);
  });

  it('leaves out the name of a month of which only the end is seen', () => {
    const marks = monthMarks(weeksOf(daysFrom('2026-01-25', 60)));
    expect(marks.map(({ month }) => month)).toEqual(['2026-02', '2026-03']);
  });

  it('shows anything done, and is darkest only when everything is', () => {
    expect(levelOfShare(0, 4)).toBe(0);
    expect(levelOfShare(1, 100)).toBe(1);
    expect(levelOfShare(2, 4)).toBe(2);
    expect(levelOfShare(99, 100)).toBe(3);
    expect(levelOfShare(4, 4)).toBe(4);
    expect(levelOfShare(1, 0)).toBe(4);
  });

  it('goes by keys over weeks as columns or rows, and not out of the range', () => {
    const range = { first: '2026-01-01', last: '2026-12-31' };
    const go = (key: string, layout: 'year' | 'month', ctrl = false, from = '2026-03-31') =>
      dayAfterKey(key, ctrl, from, range, layout);
    expect(go('ArrowRight', 'year')).toBe('2026-04-07');
    expect(go('ArrowRight', 'month')).toBe('2026-04-01');
    expect(go('ArrowUp', 'year')).toBe('2026-03-30');
    expect(go('ArrowUp', 'month')).toBe('2026-03-24');
    expect(go('Home', 'year')).toBe('2026-03-30');
    expect(go('End', 'year')).toBe('2026-04-05');
    expect(go('PageUp', 'year')).toBe('2026-02-28');
    expect(go('Home', 'year', true)).toBe('2026-01-01');
    expect(go('End', 'year', true)).toBe('2026-12-31');
    expect(go('ArrowLeft', 'year', false, '2026-01-03')).toBe('2026-01-01');
    expect(go('a', 'year')).toBeUndefined();
  });
});
