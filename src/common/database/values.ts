/**
 * Raw rows carry an instant as a Date (MySQL) or as 'YYYY-MM-DD HH:MM:SS.mmm' text in UTC (SQLite);
 * these turn both into one thing.
 */
export function instantOf(value: Date | string): Date {
  return value instanceof Date ? value : new Date(isoOf(value));
}

/** ISO 8601 in UTC with milliseconds, e.g. `2026-11-21T06:21:00.000Z`. */
export function isoOf(value: Date | string): string {
  return value instanceof Date ? value.toISOString() : `${value.replace(' ', 'T')}Z`;
}
