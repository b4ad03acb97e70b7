import type { CleanedEnv } from 'envalid';
import { oneOf } from './variables.js';
import type { runtimeVariables } from './runtime.config.js';

export const logVariables = {
  LOG_LEVEL: oneOf(
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  )({
    desc: 'The least serious message that is written.',
    defaultText: '`info`; `silent` in tests',
  }),
  LOG_FORMAT: oneOf(
    'pretty',
    'json',
  )({
    desc: 'Lines for people or for machines.',
    defaultText: '`json` in production, else `pretty`',
  }),
};

export function logConfig(env: CleanedEnv<typeof logVariables & typeof runtimeVariables>) {
  const format = env.LOG_FORMAT ?? (env.NODE_ENV === 'production' ? 'json' : 'pretty');
  return {
    level: env.LOG_LEVEL ?? (env.NODE_ENV === 'test' ? 'silent' : 'info'),
    pretty: format === 'pretty',
  };
}

export type LogConfig = Readonly<ReturnType<typeof logConfig>>;
