import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { say } from './say.js';
import { Check } from './check.js';

export const MAX_CURSOR_LENGTH = 1024;

export function isCursor(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CURSOR_LENGTH && /^[\w-]+$/.test(value);
}

/** Looks like a cursor; `decodeCursor` decides. */
export const IsCursor = () =>
  applyDecorators(
    ApiProperty({ maxLength: MAX_CURSOR_LENGTH }),
    Check('isCursor', (value) =>
      isCursor(value) ? undefined : say('is not a cursor of this list', '不是该列表的有效游标'),
    ),
  );
