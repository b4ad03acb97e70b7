import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { say } from './say.js';
import { Check } from './check.js';

const EARLIEST = '1900-01-01';
const LATEST = '2999-12-31';

/** A calendar day that exists, 'YYYY-MM-DD', within [min, max]. */
export function IsDay({ min = EARLIEST, max = LATEST }: { min?: string; max?: string } = {}) {
  return applyDecorators(
    ApiProperty({ type: String, format: 'date' }),
    Check('isDay', (value) => dayFault(value, min, max)),
  );
}

export function dayFault(value: unknown, min = EARLIEST, max = LATEST): string | undefined {
  if (!isDay(value)) return say('must be a day such as 2026-01-31', '必须是日期，例如 2026-01-31');
  return value >= min && value <= max
    ? undefined
    : say('must be a day from {min} to {max}', '必须是 {min} 至 {max} 之间的日期', { min, max });
}

/** Whether a value is a day of the calendar, from the year 1000 to 9999. */
export function isDay(value: unknown): value is string {
  const match = typeof value === 'string' && /^([1-9]\d{3})-(\d\d)-(\d\d)$/.exec(value);
  if (!match) return false;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
