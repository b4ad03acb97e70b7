import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { say } from './say.js';
import { Check } from './check.js';

/**
 * One of a few words.
 * @param options.each every item of a list is one
 */
export function IsOneOf(values: readonly string[], { each = false }: { each?: boolean } = {}) {
  const list = values.join(', ');
  const schema = { type: 'string', enum: [...values] };
  return applyDecorators(
    ApiProperty(each ? { type: 'array' as const, items: schema } : { type: String, enum: [...values] }),
    Check(
      'isOneOf',
      (value) =>
        values.includes(value as string)
          ? undefined
          : say('must be one of: {list}', '必须是以下之一：{list}', { list }),
      each,
    ),
  );
}
