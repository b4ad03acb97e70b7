import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.js';
import type { Overrides } from '../../src/app.module.js';
import type { AppConfig } from '../../src/common/config/app-config.js';
import { loadConfig } from '../../src/common/config/load-config.js';
import { FixedClock } from '../../src/common/time/clock.js';
import { SmsSender } from '../../src/modules/user/sms/sms-sender.js';
import { Api } from './client.js';
import { createTestDatabase, type DatabaseKind, type TestDatabase } from './database.js';
import { World } from './world.js';

/** A Monday, noon in Shanghai. */
export const START = '2026-03-02T04:00:00.000Z';

export interface TestApp {
  app: NestFastifyApplication;
  config: AppConfig;
  clock: FixedClock;
  /** A client that is not signed in; `api.as(user)` is. */
  api: Api;
  world: World;
  /** phone → the last code sent to it */
  codes: Map<string, string>;
  close(): Promise<void>;
}

export interface TestAppOptions extends Omit<Overrides, 'clock'> {
  /** Configuration variables over those of a test. */
  env?: NodeJS.ProcessEnv;
  kind?: DatabaseKind;
  /** Instead of a fresh one. */
  database?: TestDatabase;
}

/** The real module graph on a fresh database, with a clock that stands still and a sender that remembers. */
export async function createTestApp({
  env = {},
  kind,
  database: given,
  ...overrides
}: TestAppOptions = {}): Promise<TestApp> {
  const database = given ?? (await createTestDatabase(kind));
  const dataDir = mkdtempSync(join(tmpdir(), 'higroup-data-'));
  const config = loadConfig({
    DATA_DIR: dataDir,
    NODE_ENV: 'test',
    TOKEN_SECRET: 'a secret that only the tests know of',
    RATE_LIMIT_ENABLED: 'false',
    LOG_LEVEL: 'silent',
    // Tests let months go by.
    TOKEN_REFRESH_TTL_SECONDS: '31536000',
    ...env,
  });
  Object.assign(config, { database: database.config });
  const clock = new FixedClock(START);
  const app = await createApp(config, { ...overrides, clock });
  const codes = new Map<string, string>();
  app.get(SmsSender, { strict: false }).send = (phone, code) => {
    codes.set(phone, code);
    return Promise.resolve();
  };
  const api = new Api(app);
  return {
    app,
    config,
    clock,
    api,
    codes,
    world: new World(app, api, clock),
    async close() {
      await app.close();
      await database.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
