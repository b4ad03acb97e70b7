import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { say } from './say.js';
import { Check } from './check.js';

/** One of a few words. */
export function IsOneOf(values: readonly string[]) {
  const list = values.join(', ');
  return applyDecorators(
    ApiProperty({ type: String, enum: [...values] }),
    Check('isOneOf', (value) =>
      values.includes(value as string)
        ? undefined
        : say('must be one of: {list}', '必须是以下之一：{list}', { list }),
    ),
  );
}
