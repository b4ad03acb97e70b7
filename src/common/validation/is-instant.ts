import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from './check.js';
import { say } from './say.js';

const ISO = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** A point in time with its offset, ISO 8601, of the years 1000 to 2999. */
export const IsInstant = () =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date-time' }),
    Check('isInstant', (value) =>
      typeof value === 'string' && ISO.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : say(
            'must be an instant such as 2026-01-31T08:00:00.000Z',
            '必须是时间，例如 2026-01-31T08:00:00.000Z',
          ),
    ),
  );
