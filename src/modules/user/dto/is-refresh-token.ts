import { Check } from '../../../common/validation/check.js';
import { say } from '../../../common/validation/say.js';

/** 32 bytes in base64url. */
export const IsRefreshToken = () =>
  Check('isRefreshToken', (value) =>
    typeof value === 'string' && /^[\w-]{43}$/.test(value)
      ? undefined
      : say('must be a refresh token', '必须是刷新令牌'),
  );
