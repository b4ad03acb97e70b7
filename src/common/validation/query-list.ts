import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { IsOneOf } from './is-one-of.js';

/** Some of a few words in a query string, given once or repeatedly: `?type=like&type=comment`. */
export const QueryList = (values: readonly string[]) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value), {
      toClassOnly: true,
    }),
    IsArray(),
    ArrayMaxSize(values.length),
    ArrayUnique(),
    IsOneOf(values, { each: true }),
  );
