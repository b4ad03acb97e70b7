import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import type { DatabaseConfig } from '../../src/common/database/database-config.js';
import { DatabaseServer } from './mariadb.js';

export type DatabaseKind = DatabaseConfig['kind'];

export interface TestDatabase {
  config: DatabaseConfig;
  /** Removes it; close what uses it first. */
  remove(): Promise<void>;
}

/** The database this project of vitest runs on. */
export const databaseKind = (process.env.TEST_DATABASE ?? 'sqlite') as DatabaseKind;

const LIMITS = { poolSize: 10, queueLimit: 1_000, acquireTimeoutMs: 10_000, statementTimeoutMs: 20_000 };

/** A fresh, empty database; one per test file. */
export async function createTestDatabase(kind: DatabaseKind = databaseKind): Promise<TestDatabase> {
  if (kind === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'higroup-test-'));
    return {
      config: { kind, file: join(folder, 'test.sqlite'), ...LIMITS },
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const address = inject('mysqlUrl');
  if (!address) throw new Error('This run has no MySQL server');
  const server = new DatabaseServer(address);
  const name = `test_${randomBytes(6).toString('hex')}`;
  return {
    config: { kind, url: await server.createDatabase(name), ...LIMITS },
    remove: () => server.dropDatabase(name),
  };
}

/** Every row of every table, in a fixed order. */
export async function tableContents(db: Database): Promise<Record<string, unknown[]>> {
  const tables = await db.rows<{ name: string }>(
    databaseKind === 'sqlite'
      ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
      : 'select table_name as name from information_schema.tables where table_schema = database() order by table_name',
  );
  const contents: Record<string, unknown[]> = {};
  for (const { name } of tables) contents[name] = await db.rows(`select * from ${name} order by 1, 2`);
  return contents;
}
