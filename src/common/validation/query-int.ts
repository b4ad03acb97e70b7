import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Check } from './check.js';
import { intFault } from './is-int-in.js';

/** A whole number of a query string, within [min, max]; `1e3`, `0x10`, `01` and `+1` are refused. */
export function QueryInt(min: number, max: number) {
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: min, maximum: max }),
    Transform(({ value }: { value: unknown }) => toInt(value), { toClassOnly: true }),
    Check('queryInt', (value) => intFault(value, min, max)),
  );
}

function toInt(value: unknown): unknown {
  return typeof value === 'string' && /^(0|-?[1-9]\d{0,15})$/.test(value) ? Number(value) : value;
}
