import type { TestProject } from 'vitest/node';
import { startMariaDb } from './mariadb.js';
import { startRedis } from './redis.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a MySQL-protocol server on which tests may make databases; undefined on SQLite. */
    mysqlUrl: string | undefined;
    /** Undefined when there is no Redis: tests that need it are skipped. */
    redisUrl: string | undefined;
  }
}

interface Servers {
  mysql?: ReturnType<typeof startMariaDb>;
  redis?: ReturnType<typeof startRedis>;
}

/** Every project loads this file anew; the servers are one per run. */
const servers = ((globalThis as Record<symbol, Servers>)[Symbol.for('higroup.test.servers')] ??= {});

export async function setup(project: TestProject): Promise<void> {
  if (project.config.env.TEST_DATABASE === 'mysql') servers.mysql ??= startMariaDb();
  servers.redis ??= startRedis();
  project.provide('mysqlUrl', (await servers.mysql)?.url());
  project.provide('redisUrl', (await servers.redis)?.url);
}

export async function teardown(): Promise<void> {
  const { mysql, redis } = servers;
  delete servers.mysql;
  delete servers.redis;
  await Promise.all([mysql, redis].map(async (server) => (await server)?.stop()));
}
