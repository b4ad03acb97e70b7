import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from '../../../common/validation/check.js';
import { characterFault, lengthFault } from '../../../common/validation/text-faults.js';

const MAX = 256;

/** A password to be compared: any text of a sane length, so that the rules for new ones may change. */
export const IsGivenPassword = () =>
  applyDecorators(
    ApiProperty({ type: String, maxLength: MAX, format: 'password' }),
    Check('isGivenPassword', (value) => characterFault(value, false) ?? lengthFault(value as string, 0, MAX)),
  );
