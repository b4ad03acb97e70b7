/** As the driver gives it in a flat row; `instantOf` and `isoOf` read it. */
export type Instant = Date | string;

/**
 * Raw rows carry an instant as a Date (MySQL) or as 'YYYY-MM-DD HH:MM:SS.mmm' text in UTC (SQLite);
 * these turn both into one thing.
 */
export function instantOf(value: Instant): Date {
  return value instanceof Date ? value : new Date(isoOf(value));
}

/** ISO 8601 in UTC with milliseconds, e.g. `2026-11-21T06:21:00.000Z`. */
export function isoOf(value: Instant): string {
  return value instanceof Date ? value.toISOString() : `${value.replace(' ', 'T')}Z`;
}

export const isoOrNull = (value: Instant | null): string | null => (value === null ? null : isoOf(value));
