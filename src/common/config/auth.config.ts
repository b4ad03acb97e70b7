import { createSecretKey } from 'node:crypto';
import type { CleanedEnv } from 'envalid';
import { inProduction, integer, text } from './variables.js';

export const MIN_SECRET_LENGTH = 32;

export const authVariables = {
  TOKEN_SECRET: text(
    `at least ${MIN_SECRET_LENGTH} characters`,
    (value) => value.length >= MIN_SECRET_LENGTH,
  )({
    desc: 'Signs the access tokens; changing it signs everybody out of their access tokens. `openssl rand -base64 48` makes one.',
    defaultText: 'generated once in `DATA_DIR/token.secret`; required in production',
    requiredWhen: inProduction,
    secret: true,
  }),
  TOKEN_ISSUER: text('text')({ desc: 'The `iss` claim that is written and demanded.', default: 'higroup' }),
  TOKEN_AUDIENCE: text('text')({ desc: 'The `aud` claim that is written and demanded.', default: 'higroup' }),
  TOKEN_ACCESS_TTL_SECONDS: integer(
    30,
    86_400,
  )({
    desc: 'Life of an access token, in seconds.',
    default: 900,
  }),
  TOKEN_REFRESH_TTL_SECONDS: integer(
    300,
    31_536_000,
  )({
    desc: 'Life of a refresh token, in seconds; a session not used for so long has to log in again.',
    default: 2_592_000,
  }),
  TOKEN_REFRESH_GRACE_SECONDS: integer(
    10,
    30,
  )({
    desc: 'How long the token before the newest may be presented again, in seconds, so that parallel refreshes of one client do not look like theft.',
    default: 20,
  }),
};

export function authConfig(env: CleanedEnv<typeof authVariables>, secret: string) {
  const secretBytes = Buffer.from(secret, 'utf8');
  return {
    /** A key object, because the token library tries to parse a string as a public key at every request. */
    tokenSecret: createSecretKey(secretBytes),
    secretBytes,
    issuer: env.TOKEN_ISSUER,
    audience: env.TOKEN_AUDIENCE,
    accessTokenTtlSeconds: env.TOKEN_ACCESS_TTL_SECONDS,
    refreshTokenTtlSeconds: env.TOKEN_REFRESH_TTL_SECONDS,
    refreshGraceSeconds: env.TOKEN_REFRESH_GRACE_SECONDS,
  };
}

export type AuthConfig = Readonly<ReturnType<typeof authConfig>>;
