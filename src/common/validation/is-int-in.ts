import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { say } from '../errors/say.js';
import { Check } from './check.js';

/** A whole number of a JSON body, within [min, max]; a number in a text is refused. */
export function IsIntIn(min: number, max: number) {
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: min, maximum: max }),
    Check('isIntIn', (value) => intFault(value, min, max)),
  );
}

/** The id of something, in a JSON body. */
export const IsId = () => IsIntIn(1, Number.MAX_SAFE_INTEGER);

export function intFault(value: unknown, min: number, max: number): string | undefined {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
    ? undefined
    : say('must be a whole number from {min} to {max}', '必须是 {min} 到 {max} 之间的整数', { min, max });
}
