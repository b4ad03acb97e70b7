import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/common/database/data-source.js';
import type { Database } from '../../src/common/database/database.js';
import { createTestDatabase } from '../support/database.js';
import { type Server, startServer } from '../support/server.js';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');

export const DEMO_PASSWORD = 'higroup-demo';
export const demoPhone = (index: number) => `138000000${String(index + 1).padStart(2, '0')}`;

/** Somebody with an account. */
export interface Person {
  id: number;
  nickname: string;
  phone: string;
  password: string;
  token: string;
}

/** The built product, client and all, on a fresh database of this project's kind. */
export interface Product extends Server {
  /** An account made without the page, for what is not about that. */
  register(nickname: string): Promise<Person>;
  /** What the API answers to a request below `/api/v1`; throws when it refuses. */
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into whatever comes
  call(person: { token: string }, method: string, path: string, body?: object): Promise<any>;
  /** The code that the last message to this phone held; the product prints it where there is no sender of messages. */
  codeSentTo(phone: string): Promise<string>;
  /** The product's data, for what cannot be brought about by using it, such as days that have passed. */
  withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T>;
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
  let phones = 0;

  async function codeSentTo(phone: string): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const codes = [...server.output().matchAll(/SMS to \+?(\d+): your HiGroup code is (\d{6})/g)];
      const last = codes.findLast(([, to]) => to!.endsWith(phone));
      if (last) return last[2]!;
      await sleep(50);
    }
    throw new Error(`no message to ${phone}`);
  }

  const call: Product['call'] = async ({ token }, method, path, body) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status} ${text}`);
    return (JSON.parse(text) as { data: unknown }).data;
  };

  return {
    ...server,
    codeSentTo,
    call,
    async register(nickname) {
      const phone = `139000${String(++phones).padStart(5, '0')}`;
      const password = 'correct horse battery';
      const nobody = { token: '' };
      await call(nobody, 'POST', '/auth/sms-codes', { phone, purpose: 'register' });
      const code = await codeSentTo(phone);
      const { accessToken, user } = await call(nobody, 'POST', '/auth/register', {
        phone,
        code,
        password,
        nickname,
      });
      return { id: user.id, nickname, phone, password, token: accessToken };
    },
    async withDatabase(use) {
      const { database: db } = await openDatabase(config, []);
      try {
        return await use(db);
      } finally {
        await db.close();
      }
    },
    async stop() {
      await server.stop();
      await database.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
