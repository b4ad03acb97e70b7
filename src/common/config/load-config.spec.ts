import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'higroup-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (env: NodeJS.ProcessEnv = {}) => loadConfig({ DATA_DIR: folder, ...env });

function faultsOf(env: NodeJS.ProcessEnv, envFile?: string): readonly string[] {
  try {
    loadConfig({ DATA_DIR: folder, ...env }, { envFile });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const SECRET = 's'.repeat(32);
const PRODUCTION = {
  NODE_ENV: 'production',
  TOKEN_SECRET: SECRET,
  DATABASE_URL: 'mysql://u:p@db:3306/higroup',
  SMS_SENDER: 'yunpian',
  SMS_YUNPIAN_API_KEY: 'key',
  SMS_YUNPIAN_TEMPLATE: 'Your code is #code#',
};

describe('loadConfig', () => {
  it('runs without any variable, on the embedded database in ./data', () => {
    const config = load();
    expect(config.env).toBe('development');
    expect(config.http).toMatchObject({ port: 3000, trustProxy: [], corsOrigins: [] });
    expect(config.database).toMatchObject({ kind: 'sqlite', file: join(folder, 'higroup.sqlite') });
    expect(config.sms.sender).toBe('console');
    expect(config.log).toEqual({ level: 'info', pretty: true });
    expect(config.redis.url).toBeUndefined();
    expect(config.warnings).toEqual([]);
  });

  it('makes the token secret once, readable for the owner only', () => {
    const first = load().auth;
    const second = load().auth;
    const file = join(folder, 'token.secret');
    expect(first.secretBytes.length).toBeGreaterThanOrEqual(32);
    expect(second.secretBytes.equals(first.secretBytes)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim()).toBe(first.secretBytes.toString());
  });

  it('does not touch the data folder when it is given a secret', () => {
    expect(load({ TOKEN_SECRET: SECRET }).auth.secretBytes.toString()).toBe(SECRET);
    expect(() => statSync(join(folder, 'token.secret'))).toThrow('ENOENT');
  });

  it('accepts a complete production configuration', () => {
    const config = load(PRODUCTION);
    expect(config.log).toEqual({ level: 'info', pretty: false });
    expect(config.database).toMatchObject({ kind: 'mysql', url: PRODUCTION.DATABASE_URL });
  });

  it('lists every fault of a production configuration in one message', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: '80a',
      TRUST_PROXY: 'true',
      DATABASE_POOLSIZE: '5',
      DAT_DIR: '/srv',
      SMS_TIMEOUT_MS: '1',
    });
    for (const name of [
      'PORT=80a',
      'TRUST_PROXY=true',
      'TOKEN_SECRET is missing',
      'DATABASE_URL is missing',
      'SMS_SENDER is missing',
      'DATABASE_POOLSIZE is not',
      'DAT_DIR is not',
      'SMS_TIMEOUT_MS=1',
    ]) {
      expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
    }
    expect(faults).toHaveLength(8);
    const message = new ConfigError(faults).message;
    for (const fault of faults) expect(message).toContain(fault);
  });

  it('lets production have the embedded database and the console sender when they are asked for by name', () => {
    const config = load({ ...PRODUCTION, DATABASE_URL: 'sqlite:', SMS_SENDER: 'console' });
    expect(config.database).toMatchObject({ kind: 'sqlite', file: join(folder, 'higroup.sqlite') });
    expect(config.sms.sender).toBe('console');
  });

  it('demands what Yunpian needs when it is chosen', () => {
    expect(faultsOf({ SMS_SENDER: 'yunpian' })).toEqual([
      expect.stringContaining('SMS_YUNPIAN_API_KEY is missing'),
    ]);
  });

  it('never repeats a secret in a message', () => {
    const faults = faultsOf({
      TOKEN_SECRET: 'too-short',
      DATABASE_URL: 'postgres://me:hidden@db/x',
      REDIS_URL: 'http://:hidden@r',
    });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toMatch(/too-short|hidden/);
  });

  it.each([
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', 'loopback'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://app.example/path'],
    ['PORT', '65536'],
    ['PORT', '1e3'],
    ['PORT', '-1'],
    ['BODY_LIMIT', '10mb'],
    ['RATE_LIMIT_LOGIN', '10'],
    ['RATE_LIMIT_LOGIN', '0/60'],
    ['RATE_LIMIT_ENABLED', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'prod'],
    ['DATABASE_URL', 'mysql://db:3306/'],
    ['DATABASE_URL', 'mysql:///higroup'],
    ['DATABASE_TLS_CA', '/does/not/exist.pem'],
    ['TOKEN_REFRESH_GRACE_SECONDS', '31'],
  ])('refuses %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}\\b.* must be`))]);
  });

  it('reads lists, rates and addresses', () => {
    const config = load({
      TRUST_PROXY: '10.0.0.0/8, ::1',
      CORS_ORIGINS: 'https://a.example,http://localhost:5173',
      RATE_LIMIT_LOGIN: '5/60',
      PUBLIC_URL: 'https://higroup.example/',
    });
    expect(config.http.trustProxy).toEqual(['10.0.0.0/8', '::1']);
    expect(config.http.corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
    expect(config.rateLimit.limits.login).toEqual({ points: 5, seconds: 60 });
    expect(config.http.publicUrl).toBe('https://higroup.example');
  });

  it('reads a file, which the environment overrides, and takes NAME= for left out', () => {
    const envFile = join(folder, '.env');
    writeFileSync(envFile, 'PORT=4000\nHOST=127.0.0.1\nLOG_LEVEL=\n# comment\nTOKEN_ISSUER="a b"\n');
    const config = loadConfig({ DATA_DIR: folder, PORT: '5000', HOST: '' }, { envFile });
    expect(config.http).toMatchObject({ port: 5000, host: '127.0.0.1' });
    expect(config.log.level).toBe('info');
    expect(config.auth.issuer).toBe('a b');
  });

  it('takes every unknown name in the file for a fault in production and warns of it elsewhere', () => {
    const envFile = join(folder, '.env');
    writeFileSync(envFile, 'COLOUR=blue\nREDIS_SERVICE_HOST=10.0.0.1\n');
    expect(faultsOf(PRODUCTION, envFile)).toEqual([
      'COLOUR is not a variable of HiGroup',
      'REDIS_SERVICE_HOST is not a variable of HiGroup',
    ]);
    expect(loadConfig({ DATA_DIR: folder }, { envFile }).warnings).toHaveLength(2);
  });
});
