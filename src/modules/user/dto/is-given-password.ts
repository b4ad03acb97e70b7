import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from '../../../common/validation/check.js';
import { say } from '../../../common/validation/say.js';

const MAX = 256;

/** A password to be compared: any text of a sane length, so that the rules for new ones may change. */
export const IsGivenPassword = () =>
  applyDecorators(
    ApiProperty({ type: String, maxLength: MAX, format: 'password' }),
    Check('isGivenPassword', (value) =>
      typeof value === 'string' && value.length <= MAX
        ? undefined
        : say('must be a text of at most {max} characters', '必须是不超过 {max} 个字符的文本', { max: MAX }),
    ),
  );
