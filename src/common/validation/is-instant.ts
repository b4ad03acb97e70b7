import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Check } from './check.js';
import { dayFault } from './is-day.js';
import { say } from './say.js';

const INSTANT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A point in time from 1900 to 2999 in ISO 8601 with a zone, turned into UTC with milliseconds (`…Z`). */
export const IsInstant = () =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date-time' }),
    Transform(({ value }: { value: unknown }) => (isInstant(value) ? new Date(value).toISOString() : value), {
      toClassOnly: true,
    }),
    Check('isInstant', (value) =>
      isInstant(value)
        ? undefined
        : say('must be an instant such as 2026-01-31T08:00:00Z', '必须是时间，例如 2026-01-31T08:00:00Z'),
    ),
  );

function isInstant(value: unknown): value is string {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  return match !== null && dayFault(match[1]) === undefined;
}
