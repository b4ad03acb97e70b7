import type { CleanedEnv } from 'envalid';
import { authVariables } from './auth.config.js';
import { databaseVariables } from './database.config.js';
import { httpVariables } from './http.config.js';
import { jobsVariables } from './jobs.config.js';
import { liveVariables } from './live.config.js';
import { logVariables } from './log.config.js';
import { rateLimitVariables } from './rate-limit.config.js';
import { redisVariables } from './redis.config.js';
import { runtimeVariables } from './runtime.config.js';
import { smsVariables } from './sms.config.js';
import { uploadVariables } from './upload.config.js';

/** Every variable there is, by topic: what is read and what the documentation lists. */
export const topics = {
  Running: runtimeVariables,
  HTTP: httpVariables,
  Database: databaseVariables,
  Redis: redisVariables,
  'Background work': jobsVariables,
  'Live push': liveVariables,
  Log: logVariables,
  Tokens: authVariables,
  'SMS codes': smsVariables,
  Pictures: uploadVariables,
  'Rate limits': rateLimitVariables,
};

export const variables = {
  ...runtimeVariables,
  ...httpVariables,
  ...databaseVariables,
  ...redisVariables,
  ...jobsVariables,
  ...liveVariables,
  ...logVariables,
  ...authVariables,
  ...smsVariables,
  ...uploadVariables,
  ...rateLimitVariables,
};

/** The values of all variables, checked and typed. */
export type Environment = CleanedEnv<typeof variables>;
