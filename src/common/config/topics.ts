import type { CleanedEnv } from 'envalid';
import { authVariables } from './auth.config.js';
import { databaseVariables } from './database.config.js';
import { httpVariables } from './http.config.js';
import { logVariables } from './log.config.js';
import { rateLimitVariables } from './rate-limit.config.js';
import { redisVariables } from './redis.config.js';
import { runtimeVariables } from './runtime.config.js';
import { smsVariables } from './sms.config.js';

/** Every variable there is, by topic: what is read and what the documentation lists. */
export const topics = {
  Running: runtimeVariables,
  HTTP: httpVariables,
  Database: databaseVariables,
  Redis: redisVariables,
  Log: logVariables,
  Tokens: authVariables,
  'SMS codes': smsVariables,
  'Rate limits': rateLimitVariables,
};

export const variables = {
  ...runtimeVariables,
  ...httpVariables,
  ...databaseVariables,
  ...redisVariables,
  ...logVariables,
  ...authVariables,
  ...smsVariables,
  ...rateLimitVariables,
};

/** The values of all variables, checked and typed. */
export type Environment = CleanedEnv<typeof variables>;
