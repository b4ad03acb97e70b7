import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from './check.js';
import { isDay } from './is-day.js';
import { say } from './say.js';

/** A month, 'YYYY-MM', of the years 1900 to 2999. */
export const IsMonth = () =>
  applyDecorators(
    ApiProperty({ type: String, pattern: '^\\d{4}-\\d{2}$' }),
    Check('isMonth', (value) =>
      typeof value === 'string' && isDay(`${value}-01`) && value >= '1900-01' && value <= '2999-12'
        ? undefined
        : say('must be a month such as 2026-01', '必须是月份，例如 2026-01'),
    ),
  );
