import { addDays, mondayOf } from '@/composables/days';

export interface DayRange {
  from: string;
  to: string;
}

/** `recent`: the last 53 weeks; else a calendar year. */
export type Year = 'recent' | number;

export function rangeOf(year: Year, today: string): DayRange {
  return year === 'recent'
    ? { from: addDays(mondayOf(today), -52 * 7), to: today }
    : { from: `${year}-01-01`, to: `${year}-12-31` };
}

/**
 * The years there can be something of, latest first.
 * @param since when it began; the year before this one is always there, as records may have been brought along
 */
export function yearsUntil(today: string, since: string): Year[] {
  const last = Number(today.slice(0, 4));
  const first = Math.min(Number(since.slice(0, 4)), last - 1);
  return ['recent', ...Array.from({ length: last - first + 1 }, (_, back) => last - back)];
}

/** How many of the days count, per week from Monday on. */
export function countByWeek<T extends { day: string }>(
  days: readonly T[],
  counts: (day: T) => boolean,
): { monday: string; count: number }[] {
  const weeks = new Map<string, number>();
  for (const day of days) {
    const monday = mondayOf(day.day);
    weeks.set(monday, (weeks.get(monday) ?? 0) + (counts(day) ? 1 : 0));
  }
  return Array.from(weeks, ([monday, count]) => ({ monday, count }));
}
