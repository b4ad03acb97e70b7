import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Check } from './check.js';
import { isDay } from './is-day.js';
import { say } from './say.js';

const INSTANT =
  /^([1-9]\d{3}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A point in time in ISO 8601 with a zone, turned into UTC with milliseconds (`…Z`). */
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

export function isInstant(value: unknown): value is string {
  const match = typeof value === 'string' && INSTANT.exec(value);
  // The zone may carry a day at the very end of the calendar over its edge.
  return (
    Boolean(match) &&
    isDay((match as RegExpExecArray)[1]) &&
    !/^[+-]/.test(new Date(value as string).toISOString())
  );
}
