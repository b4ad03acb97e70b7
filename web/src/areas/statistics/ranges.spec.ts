import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '@/composables/days';
import { countByWeek, rangeOf, yearsUntil } from './ranges';

describe('ranges of statistics', () => {
  it('take whole weeks until today, and never more than the API gives', () => {
    for (const today of ['2026-11-16', '2026-11-22', '2028-02-29']) {
      const { from, to } = rangeOf('recent', today);
      expect(to).toBe(today);
      expect(weekdayOf(from)).toBe(1);
      expect(from <= addDays(to, -364)).toBe(true);
      expect(from > addDays(to, -400)).toBe(true);
    }
    expect(rangeOf(2025, '2026-11-22')).toEqual({ from: '2025-01-01', to: '2025-12-31' });
  });

  it('go back to the year it began, and one year at least', () => {
    expect(yearsUntil('2026-11-22', '2024-05-01')).toEqual(['recent', 2026, 2025, 2024]);
    expect(yearsUntil('2026-11-22', '2026-11-20')).toEqual(['recent', 2026, 2025]);
  });

  it('are counted by weeks from Monday on, those with nothing too', () => {
    const days = ['2026-11-15', '2026-11-16', '2026-11-22', '2026-11-23'].map((day) => ({ day }));
    expect(countByWeek(days, ({ day }) => day < '2026-11-23')).toEqual([
      { monday: '2026-11-09', count: 1 },
      { monday: '2026-11-16', count: 2 },
      { monday: '2026-11-23', count: 0 },
    ]);
  });
});
