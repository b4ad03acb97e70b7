import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CleanedEnv } from 'envalid';
import type { DatabaseConfig } from '../database/database-config.js';
import { flag, inProduction, integer, oneOf, text } from './variables.js';
import type { runtimeVariables } from './runtime.config.js';

const SERVER = /^(mysql|mariadb):\/\//;

export const databaseVariables = {
  DATABASE_URL: text(
    '`mysql://user:password@host:3306/name`, or `sqlite:` with or without a file name',
    isDatabase,
  )({
    desc: 'The database. `sqlite:` alone is the embedded one in `DATA_DIR`.',
    defaultText: '`sqlite:`; required in production',
    example: 'mysql://higroup:password@127.0.0.1:3306/higroup',
    requiredWhen: inProduction,
    secret: true,
  }),
  DATABASE_POOL_SIZE: integer(
    1,
    500,
  )({ desc: 'Connections to a database server, per process.', default: 10 }),
  DATABASE_QUEUE_LIMIT: integer(
    1,
    100_000,
  )({
    desc: 'Statements that may wait for a connection; more are answered with 503.',
    default: 1_000,
  }),
  DATABASE_ACQUIRE_TIMEOUT_MS: integer(
    100,
    60_000,
  )({
    desc: 'Longest wait for a connection, in milliseconds; then 503.',
    default: 5_000,
  }),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(
    100,
    600_000,
  )({
    desc: 'Longest run of one statement on a database server, in milliseconds.',
    default: 10_000,
  }),
  DATABASE_TLS: oneOf(
    'off',
    'on',
    'insecure',
  )({
    desc: 'TLS to a database server. `insecure` encrypts without checking the certificate.',
    default: 'off',
  }),
  DATABASE_TLS_CA: text(
    'a readable PEM file',
    isReadable,
  )({
    desc: 'Certificate authority of the database server, when it is not a public one.',
    example: '/etc/ssl/database-ca.pem',
  }),
  MIGRATE_ON_START: flag({
    desc: 'Brings the schema up to date before the server listens. Turn it off where a deployment runs `npm run migrate` itself.',
    default: true,
  }),
};

export function databaseConfig(
  env: CleanedEnv<typeof databaseVariables & typeof runtimeVariables>,
): DatabaseConfig {
  const url = env.DATABASE_URL ?? 'sqlite:';
  const shared = {
    poolSize: env.DATABASE_POOL_SIZE,
    queueLimit: env.DATABASE_QUEUE_LIMIT,
    acquireTimeoutMs: env.DATABASE_ACQUIRE_TIMEOUT_MS,
    statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
  };
  if (!SERVER.test(url)) {
    return {
      ...shared,
      kind: 'sqlite',
      file: url.slice('sqlite:'.length) || join(env.DATA_DIR, 'higroup.sqlite'),
    };
  }
  return {
    ...shared,
    kind: 'mysql',
    url: url.replace(SERVER, 'mysql://'),
    tls:
      env.DATABASE_TLS === 'off'
        ? undefined
        : {
            rejectUnauthorized: env.DATABASE_TLS === 'on',
            ca: env.DATABASE_TLS_CA && readFileSync(env.DATABASE_TLS_CA, 'utf8'),
          },
  };
}

function isDatabase(value: string): boolean {
  if (value.startsWith('sqlite:')) return true;
  if (!SERVER.test(value) || !URL.canParse(value)) return false;
  const { hostname, pathname } = new URL(value);
  return hostname !== '' && /^\/[^/]+$/.test(pathname);
}

function isReadable(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes('-----BEGIN CERTIFICATE-----');
  } catch {
    return false;
  }
}
