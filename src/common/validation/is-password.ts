import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from './check.js';
import { characterFault, lengthFault } from './text-faults.js';

const MIN = 8;
const MAX = 64;

/** A new password of 8 to 64 characters (code points), kept exactly as typed. */
export const IsPassword = () =>
  applyDecorators(
    ApiProperty({ minLength: MIN, maxLength: MAX, format: 'password' }),
    Check('isPassword', (value) => characterFault(value, false) ?? lengthFault(value as string, MIN, MAX)),
  );
