import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Check } from '../../../common/validation/check.js';
import { say } from '../../../common/validation/say.js';

const TOKEN = /^[\w-]{43}$/;

/** 32 bytes in base64url. */
export const IsRefreshToken = () =>
  applyDecorators(
    ApiProperty({ type: String, pattern: TOKEN.source }),
    Check('isRefreshToken', (value) =>
      typeof value === 'string' && TOKEN.test(value)
        ? undefined
        : say('must be a refresh token', '必须是刷新令牌'),
    ),
  );
