import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from './check.js';
import { say } from './say.js';

/** A month of the calendar, 'YYYY-MM', from 1900 to 2999. */
export const IsMonth = () =>
  applyDecorators(
    ApiProperty({ pattern: '^(19|2\\d)\\d\\d-(0[1-9]|1[0-2])$' }),
    Check('isMonth', (value) =>
      typeof value === 'string' && /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/.test(value)
        ? undefined
        : say('must be a month such as 2026-01', '必须是月份，例如 2026-01'),
    ),
  );
