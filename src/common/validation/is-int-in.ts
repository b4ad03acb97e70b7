import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from './check.js';
import { say } from './say.js';

/**
 * A whole number of a JSON body, within [min, max]; a number in a text is refused.
 * @param options.each every item of a list is one
 */
export function IsIntIn(min: number, max: number, { each = false }: { each?: boolean } = {}) {
  const schema = { type: 'integer', minimum: min, maximum: max } as const;
  return applyDecorators(
    ApiProperty(each ? { type: 'array', items: schema } : schema),
    Check('isIntIn', (value) => intFault(value, min, max), each),
  );
}

export function intFault(value: unknown, min: number, max: number): string | undefined {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
    ? undefined
    : say('must be a whole number from {min} to {max}', '必须是 {min} 到 {max} 之间的整数', { min, max });
}
