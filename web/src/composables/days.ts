/** Arithmetic on calendar days 'YYYY-MM-DD', which belong to no time zone. Which of them is today, the server says. */

const DAY = 86_400_000;
// Of UTC, where every day has 24 hours.
const toNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;
const toDay = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => toDay(toNumber(day) + count);

/** 1 (Monday) to 7 */
export const weekdayOf = (day: string): number => ((((toNumber(day) + 3) % 7) + 7) % 7) + 1;

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

export const monthOf = (day: string): string => day.slice(0, 'YYYY-MM'.length);

/** The same day of another month, or its last one. */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}
