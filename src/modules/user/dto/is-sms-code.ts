import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from '../../../common/validation/check.js';
import { say } from '../../../common/validation/say.js';

/** Six ASCII digits in a string. */
export const IsSmsCode = () =>
  applyDecorators(
    ApiProperty({ type: String, pattern: '^[0-9]{6}$' }),
    Check('isSmsCode', (value) =>
      typeof value === 'string' && /^[0-9]{6}$/.test(value)
        ? undefined
        : say('must be six digits', '必须是六位数字'),
    ),
  );
