import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createTestDatabase } from '../support/database.js';
import { type Server, startServer } from '../support/server.js';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');

export const DEMO_PASSWORD = 'higroup-demo';
export const demoPhone = (index: number) => `138000000${String(index + 1).padStart(2, '0')}`;

/** The built product, client and all, on a fresh database of this project's kind. */
export interface Product extends Server {
  /** The code that the last message to this phone held; the product prints it where there is no sender of messages. */
  codeSentTo(phone: string): Promise<string>;
}

export async function startProduct({ demoData = false } = {}): Promise<Product> {
  const database = await createTestDatabase();
  const { config } = database;
  const folder = await mkdtemp(join(tmpdir(), 'higroup-web-'));
  const env = {
    DATA_DIR: folder,
    TOKEN_SECRET: 'a secret that only the tests know of',
    DATABASE_URL: config.kind === 'mysql' ? config.url : `sqlite:${config.file}`,
    // A machine at work on other tests is slow; what is tested here is not how often one may try.
    RATE_LIMIT_ENABLED: 'false',
    LOG_LEVEL: 'warn',
  };
  if (demoData) {
    await promisify(execFile)(process.execPath, [CLI, 'seed'], {
      env: { PATH: process.env.PATH, ...env },
    });
  }
  const server = await startServer(env);
  return {
    ...server,
    async codeSentTo(phone) {
      for (let tries = 0; tries < 100; tries++) {
        const codes = [...server.output().matchAll(/SMS to \+?(\d+): your HiGroup code is (\d{6})/g)];
        const last = codes.findLast(([, to]) => to!.endsWith(phone));
        if (last) return last[2]!;
        await sleep(50);
      }
      throw new Error(`no message to ${phone}`);
    },
    async stop() {
      await server.stop();
      await database.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
