import { toDayNumber } from './rules/calendar-day.js';

const FIRST_DAY = toDayNumber('2020-01-01');

/**
 * Orders groups by how much they do, without a job that lets old fame fade: a day later is worth as much
 * as twice the check-ins (the idea of Reddit's "hot" rank). 1000 points a day, 1000 a doubling.
 */
export function hotScoreOf(day: string, checkInsOfTheWeek: number): number {
  return Math.round(1000 * (toDayNumber(day) - FIRST_DAY + Math.log2(1 + checkInsOfTheWeek)));
}
