import { describe, expect, it } from 'vitest';
import { addDays, addMonths, mondayOf, weekdayOf } from './days';

describe('calendar days', () => {
  it('go on over months, years and changes of the clock', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  });

  it('have Monday as the first day of the week, also before 1970', () => {
    expect(weekdayOf('2026-11-16')).toBe(1);
    expect(weekdayOf('2026-11-22')).toBe(7);
    expect(weekdayOf('1969-12-28')).toBe(7);
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
  });

  it('stay in the month that is meant', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-01-31', -2)).toBe('2025-11-30');
  });
});
