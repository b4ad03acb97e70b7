import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LiveSocket } from '../support/live.js';

const CLIENTS = 1_000;
const MEGABYTE = 1_048_576;
const dist = resolve(import.meta.dirname, '../../dist');

/** The built product with a thousand and some people in it, which tells how much memory it takes. */
const SCRIPT = `
  const load = (file) => import(${JSON.stringify(dist)} + '/' + file);
  const { createApp } = await load('app.js');
  const { loadConfig } = await load('common/config/load-config.js');
  const { keepHeapSmall } = await load('common/heap.js');
  const { Database } = await load('common/database/database.js');
  const { SessionService } = await load('modules/user/session.service.js');
  keepHeapSmall();
  const app = await createApp(loadConfig(process.env));
  const db = app.get(Database);
  const sessions = app.get(SessionService, { strict: false });
  const tokens = await db.transaction(async () => {
    const made = [];
    for (let id = 1; id <= ${CLIENTS + 20}; id++) {
      const now = new Date();
      await db.run(
        "insert into users (id, phone, password_hash, nickname, nickname_key, created_at, updated_at) values (?, ?, '-', ?, ?, ?, ?)",
        [id, '+86' + id, 'user' + id, 'user' + id, now, now],
      );
      made.push((await sessions.open({ id, role: 'user' }, { address: '::1', userAgent: 'test' })).accessToken);
    }
    return made;
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  process.on('message', async () => {
    for (let n = 0; n < 5; n++) { gc(); await new Promise((done) => setTimeout(done, 100)); }
    process.send(process.memoryUsage());
  });
  process.send({ port: app.getHttpServer().address().port, tokens });
`;

let child: ChildProcess;
let folder: string;
beforeAll(async () => {
  if (!existsSync(join(dist, 'main.js'))) throw new Error('npm run build comes first');
  folder = await mkdtemp(join(tmpdir(), 'higroup-live-'));
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it('a thousand idle clients take less than 50 MB', { timeout: 120_000 }, async () => {
  child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', SCRIPT], {
    cwd: folder,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent', RATE_LIMIT_ENABLED: 'false' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port, tokens }] = (await once(child, 'message')) as [{ port: number; tokens: string[] }];
  const measure = async () => {
    child.send('measure');
    const [usage] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
    return usage;
  };
  const clients: LiveSocket[] = [];
  const connect = async (some: string[]) => {
    for (let from = 0; from < some.length; from += 20)
      clients.push(
        ...(await Promise.all(some.slice(from, from + 20).map((token) => LiveSocket.signedIn(port, token)))),
      );
  };
  // What is loaded, compiled and pooled with the first of them is no cost of the others.
  await connect(tokens.slice(CLIENTS));
  for (const { socket } of clients.splice(0)) socket.terminate();
  const before = await measure();
  await connect(tokens.slice(0, CLIENTS));
  const after = await measure();
  expect(clients.every(({ socket }) => socket.readyState === 1)).toBe(true);
  const grown = {
    rss: (after.rss - before.rss) / MEGABYTE,
    heap: (after.heapUsed - before.heapUsed) / MEGABYTE,
  };
  console.log(`${CLIENTS} idle clients: ${grown.rss.toFixed(1)} MB RSS, ${grown.heap.toFixed(1)} MB heap`);
  expect(grown.rss).toBeLessThan(50);
  for (const { socket } of clients) socket.terminate();
});
