import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { say } from './say.js';
import { Check } from './check.js';

/** Longer texts are not looked into: taking them apart would take the square of their length. */
const MAX_LENGTH = 32;
const E164 = /^\+(?:86(?=1[3-9]\d{9}$)|(?!86)[1-9])\d{6,14}$/;

/** A mobile number, turned into E.164; without a country code it is one of mainland China (+86). */
export const IsPhone = () =>
  applyDecorators(
    ApiProperty({ maxLength: MAX_LENGTH, pattern: '^\\s*[+(\\d][\\d ().-]*\\s*$' }),
    Transform(
      ({ value }: { value: unknown }) =>
        typeof value === 'string' && value.length <= MAX_LENGTH ? toE164(value) : value,
      { toClassOnly: true },
    ),
    Check('isPhone', (value) =>
      typeof value === 'string' && E164.test(value) && value.length <= 16
        ? undefined
        : say(
            'must be a phone number such as 13800000001 or +4915112345678',
            '必须是手机号，例如 13800000001',
          ),
    ),
  );

/** The number in E.164 if the text can be read as one; otherwise something that is no number either. */
export function toE164(text: string): string {
  const digits = text.trim().replace(/(?<=[\d)])[ .()-]+(?=[\d(])/g, '');
  if (/^1[3-9]\d{9}$/.test(digits)) return `+86${digits}`;
  if (/^861[3-9]\d{9}$/.test(digits)) return `+${digits}`;
  return digits.replace(/^00(?=[1-9])/, '+');
}
