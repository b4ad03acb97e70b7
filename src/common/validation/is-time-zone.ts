import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { say } from './say.js';
import { Check } from './check.js';

const MAX_LENGTH = 64;
const NAME = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/;

/** An IANA time zone by name, e.g. `Asia/Shanghai`; numeric offsets are refused, they know no daylight saving. */
export const IsTimeZone = () =>
  applyDecorators(
    ApiProperty({ maxLength: MAX_LENGTH, pattern: NAME.source }),
    Check('isTimeZone', (value) =>
      isTimeZone(value)
        ? undefined
        : say('must be a time zone such as Asia/Shanghai', '必须是时区名称，例如 Asia/Shanghai'),
    ),
  );

export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !NAME.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
