import type { CleanedEnv } from 'envalid';
import { integer, url } from './variables.js';

export const redisVariables = {
  REDIS_URL: url(
    'redis:',
    'rediss:',
  )({
    desc: 'Redis for codes, revocations and rate limits; needed as soon as several processes serve one site. In the memory of the process when empty.',
    example: 'redis://127.0.0.1:6379',
    secret: true,
  }),
  REDIS_CONNECT_TIMEOUT_MS: integer(
    50,
    60_000,
  )({
    desc: 'Time to reach Redis, in milliseconds.',
    default: 1_000,
  }),
  REDIS_COMMAND_TIMEOUT_MS: integer(
    50,
    60_000,
  )({
    desc: 'Time for one answer of Redis, in milliseconds.',
    default: 1_000,
  }),
};

export function redisConfig(env: CleanedEnv<typeof redisVariables>) {
  return {
    url: env.REDIS_URL,
    connectTimeoutMs: env.REDIS_CONNECT_TIMEOUT_MS,
    commandTimeoutMs: env.REDIS_COMMAND_TIMEOUT_MS,
  };
}

export type RedisConfig = Readonly<ReturnType<typeof redisConfig>>;
