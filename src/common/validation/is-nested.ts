import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { say } from './say.js';
import { Check } from './check.js';

/** An object of its own class within a body; a list in its place is refused. */
export function IsNested(dto: () => new () => object) {
  return applyDecorators(
    Type(dto),
    ValidateNested(),
    Check('isNested', (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : say('must be an object', '必须是对象'),
    ),
  );
}
