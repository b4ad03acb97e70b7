import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { createTestApp, type TestApp, type TestAppOptions } from './app.js';

/** All that an application logs while it lives and `fn` runs. */
export async function logOf(options: TestAppOptions, fn: (t: TestApp) => Promise<unknown>): Promise<string> {
  let log = '';
  const write = fs.write as (...args: unknown[]) => void;
  const spy = vi.spyOn(fs, 'write').mockImplementation((fd: number, ...rest: unknown[]) => {
    if (fd !== 1) return write(fd, ...rest);
    const [text, done] = [rest[0] as string, rest.at(-1) as (error: null, bytes: number) => void];
    log += text;
    setImmediate(done, null, Buffer.byteLength(text));
  });
  const t = await createTestApp({
    ...options,
    env: { ...options.env, LOG_LEVEL: 'trace', LOG_FORMAT: 'json' },
  });
  await fn(t);
  await t.close();
  // Lines are written together, every 100 ms.
  await sleep(250);
  spy.mockRestore();
  return log;
}
