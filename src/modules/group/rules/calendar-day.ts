import { Temporal } from 'temporal-polyfill';

// A calendar day is 'YYYY-MM-DD' outside and a whole number of days since 1970-01-01 inside the rules:
// arithmetic on numbers knows neither the process's time zone nor days of 23 or 25 hours.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

// Histories have thousands of days, so both ways are spelled out: Date.parse and toISOString take five times as long.

/** The number of a valid day (see isCalendarDay). */
export function toDayNumber(day: string): number {
  const digit = (index: number) => day.charCodeAt(index) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return Date.UTC(year, digit(5) * 10 + digit(6) - 1, digit(8) * 10 + digit(9)) / DAY_MS;
}

export function toDayText(day: number): string {
  const date = new Date(day * DAY_MS);
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  return `${date.getUTCFullYear()}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`;
}

/** True for an existing date 'YYYY-MM-DD' of the years 1970 to 9999. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = toDayNumber(text);
  return day >= 0 && toDayText(day) === text;
}

/** 1 (Monday) to 7 (Sunday); 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The Monday of the day's week. */
export const weekStartOf = (day: number): number => day - weekdayOf(day) + 1;

/** The Monday of the day's week, as 'YYYY-MM-DD'. */
export const mondayOf = (day: string): string => toDayText(weekStartOf(toDayNumber(day)));

/** The range stretched to whole weeks, Monday to Sunday: the rows that decide the states of its days. */
export function wholeWeeks(from: string, to: string): { from: string; to: string } {
  return { from: mondayOf(from), to: toDayText(weekStartOf(toDayNumber(to)) + 6) };
}

/** 'YYYY-MM' */
export const monthKeyOf = (day: number): string => toDayText(day).slice(0, 7);

/** The first instant (ms since the epoch) of a local date; of a date the zone leapt over, that of the next one. */
export function startOfLocalDay(timeZone: string, day: number): number {
  const midnight = day * DAY_MS;
  let span = spanAt(timeZone, midnight - DAY_MS);
  while (midnight - span.offset >= span.until) span = spanAt(timeZone, span.until);
  return Math.max(span.from, midnight - span.offset);
}

/** The local date at an instant; where clocks go back over midnight, the later date has begun for good. */
export function localDayAt(timeZone: string, ms: number): number {
  const day = Math.floor((ms + spanAt(timeZone, ms).offset) / DAY_MS);
  return startOfLocalDay(timeZone, day + 1) <= ms ? day + 1 : day;
}

/** The local hour, 0 to 23, at an instant. */
export function localHourAt(timeZone: string, ms: number): number {
  const local = ms + spanAt(timeZone, ms).offset;
  return Math.floor((((local % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

/** The time between two changes of a zone's UTC offset: [from, until), all in ms. */
interface OffsetSpan {
  from: number;
  until: number;
  offset: number;
}

// Temporal needs 10 to 200 µs per question, the rules ask thousands: the spans once found stay, latest first.
const spansByZone = new Map<string, OffsetSpan[]>();
const MAX_ZONES = 1000;

function spanAt(timeZone: string, ms: number): OffsetSpan {
  let spans = spansByZone.get(timeZone);
  if (!spans) {
    if (spansByZone.size >= MAX_ZONES) spansByZone.clear();
    spansByZone.set(timeZone, (spans = []));
  }
  for (const span of spans) if (span.from <= ms && ms < span.until) return span;
  const span = findSpan(timeZone, ms);
  spans.push(span);
  spans.sort((a, b) => b.from - a.from);
  return span;
}

function findSpan(timeZone: string, ms: number): OffsetSpan {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return {
    // 'previous' is strictly earlier: one millisecond on, a change at this very instant is found too
    from: at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    until: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: at.offsetNanoseconds / 1e6,
  };
}
