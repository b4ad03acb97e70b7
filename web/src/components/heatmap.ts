import type { Api } from '@/api/client';
import { addDays, addMonths, monthOf, weekdayOf } from '@/composables/days';

export type DayState = Api['CalendarCellDto']['state'];
export type Level = 0 | 1 | 2 | 3 | 4;

/** One cell of the calendar. `label` says what became of the day; the date is put before it. */
export interface HeatDay {
  day: string;
  level: Level;
  state?: DayState;
  label: string;
}

/** How dark a day is of which a part is done. Anything done shows, and only everything is darkest. */
export function levelOfShare(done: number, due: number): Level {
  if (done <= 0) return 0;
  if (done >= due) return 4;
  return Math.max(1, Math.min(3, Math.ceil((done / due) * 4))) as Level;
}

export function levelOfState(state: DayState): Level {
  if (state === 'DONE' || state === 'MAKEUP') return 4;
  return state === 'COVERED' || state === 'FROZEN' || state === 'LEAVE' ? 1 : 0;
}

/** What a cell looks like: one of the kinds of the legend, or nothing at all. */
export type Look = 'level' | 'makeup' | 'missed' | 'away';

export function lookOf({ state }: HeatDay): Look {
  if (state === 'MAKEUP') return 'makeup';
  if (state === 'MISSED') return 'missed';
  return state === 'FUTURE' || state === 'BEFORE_START' || state === 'NOT_MEMBER' ? 'away' : 'level';
}

/** Weeks of seven from Monday on; undefined where the range has not begun or has ended. */
export function weeksOf<T extends { day: string }>(days: readonly T[]): (T | undefined)[][] {
  const [first] = days;
  if (!first) return [];
  const cells: (T | undefined)[] = [
    ...Array.from({ length: weekdayOf(first.day) - 1 }, () => undefined),
    ...days,
  ];
  while (cells.length % 7 > 0) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Which columns the names of the months stand over: the week with the month's first day. */
export function monthMarks(
  weeks: readonly ({ day: string } | undefined)[][],
): { month: string; week: number }[] {
  const marks: { month: string; week: number }[] = [];
  for (const [week, cells] of weeks.entries()) {
    const known = cells.filter((cell) => cell !== undefined);
    const start = known.find((cell) => cell.day.endsWith('-01')) ?? (week === 0 ? known[0] : undefined);
    if (start) marks.push({ month: monthOf(start.day), week });
  }
  // A month of which only the end is seen has no room for its name.
  const [first, second] = marks;
  return first && second && second.week - first.week < 3 ? marks.slice(1) : marks;
}

/** What the keys do, in days or months. Weeks are columns in a year and rows in a month. */
const STEPS: Record<'year' | 'month', Record<string, number>> = {
  year: { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 },
  month: { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 },
};

/**
 * Where a key leads from a day, not out of the range. Home and End: the ends of the week, with Ctrl of the range;
 * PageUp and PageDown: a month. Undefined: not a key of the calendar.
 */
export function dayAfterKey(
  key: string,
  ctrl: boolean,
  from: string,
  range: { first: string; last: string },
  layout: 'year' | 'month',
): string | undefined {
  const step = STEPS[layout][key];
  const to =
    step !== undefined
      ? addDays(from, step)
      : key === 'Home'
        ? ctrl
          ? range.first
          : addDays(from, 1 - weekdayOf(from))
        : key === 'End'
          ? ctrl
            ? range.last
            : addDays(from, 7 - weekdayOf(from))
          : key === 'PageUp'
            ? addMonths(from, -1)
            : key === 'PageDown'
              ? addMonths(from, 1)
              : undefined;
  if (to === undefined) return undefined;
  return to < range.first ? range.first : to > range.last ? range.last : to;
}
