import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/programs.js';

const dist = resolve(import.meta.dirname, '../../dist');
/** As on a machine where nothing is configured. */
const bare = { PATH: process.env.PATH };

let folder: string;
let running: ChildProcess[];

beforeAll(() => {
  if (!existsSync(join(dist, 'main.js'))) throw new Error('npm run build comes first');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'higroup-smoke-'));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function run(program: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [join(dist, program), ...args], {
    cwd: folder,
    env: { ...bare, ...env },
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, exit, output: () => output };
}

async function start(env: NodeJS.ProcessEnv = {}) {
  const port = await freePort();
  const server = run('main.js', [], { PORT: String(port), ...env });
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        server.child.exitCode === null
          ? fetch(`${url}/health/ready`).then(
              ({ status }) => status,
              () => 0,
            )
          : server.output(),
      {
        timeout: 60_000,
      },
    )
    .toBe(200);
  return { ...server, port, url };
}

describe('the built product', { timeout: 90_000 }, () => {
  it('starts without any configuration, says where it is, serves its page, and stops on SIGTERM', async () => {
    const server = await start();
    for (const address of [`${server.port}/api/v1`, `${server.port}/docs`, 'npm run seed']) {
      expect(server.output()).toContain(address);
    }
    expect(await (await fetch(`${server.url}/health/live`)).json()).toEqual({
      code: 0,
      msg: 'ok',
      data: { status: 'up' },
    });
    const page = await fetch(`${server.url}/docs`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('swagger-ui');
    const document = (await (await fetch(`${server.url}/docs/json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toContain('/api/v1/auth/login');
    expect((await fetch(`${server.url}/api/v1/me`)).status).toBe(401);

    expect(statSync(join(folder, 'data/token.secret')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, 'data/higroup.sqlite'))).toBe(true);

    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    // Closed cleanly: nothing is left in the write-ahead log.
    expect(existsSync(join(folder, 'data/higroup.sqlite-wal'))).toBe(false);
  });

  it('answers what is under way when it is told to stop', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true });
    const ask = () =>
      new Promise<number | string | undefined>((done) => {
        get({ host: '127.0.0.1', port: server.port, path: '/docs/json', agent }, (response) => {
          response.resume();
          response.on('end', () => done(response.statusCode));
        }).on('error', (error: NodeJS.ErrnoException) => done(error.code));
      });
    const replies: (number | string | undefined)[] = [];
    const clients = Array.from({ length: 32 }, async () => {
      let reply = await ask();
      for (; reply === 200; reply = await ask()) replies.push(reply);
      replies.push(reply);
    });
    setTimeout(() => server.child.kill('SIGTERM'), 300);
    expect(await server.exit).toBe(0);
    await Promise.all(clients);
    expect(replies.filter((reply) => reply === 200).length).toBeGreaterThan(32);
    expect(new Set(replies)).toEqual(new Set([200, 'ECONNREFUSED']));
  });

  it('keeps its data and its secret over a restart, and reads .env', async () => {
    writeFileSync(join(folder, '.env'), 'DATA_DIR=elsewhere\nLOG_FORMAT=json\n');
    const first = await start();
    first.child.kill('SIGINT');
    expect(await first.exit).toBe(0);
    const second = await start();
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
    expect(existsSync(join(folder, 'elsewhere/higroup.sqlite'))).toBe(true);
    for (const line of second.output().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  });

  it('does not start in production with a faulty configuration, and lists every fault', async () => {
    const server = run('main.js', [], {
      NODE_ENV: 'production',
      PORT: 'http',
      DATABASE_HOST: 'db',
      LOGLEVEL: 'info',
    });
    expect(await server.exit).toBe(1);
    for (const fault of [
      'TOKEN_SECRET is missing',
      'DATABASE_URL is missing',
      'SMS_SENDER is missing',
      'PORT=http',
      'DATABASE_HOST is not',
      'is LOG_LEVEL meant?',
    ]) {
      expect(server.output()).toContain(fault);
    }
    expect(server.output()).not.toContain('at '); // no stack: it is the reader's mistake, not ours
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('says which port is taken, and ends', async () => {
    const server = await start();
    const second = run('main.js', [], { PORT: String(server.port), DATA_DIR: 'other' });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('EADDRINUSE');
  });

  it('migrates from the command line', async () => {
    const before = run('cli.js', ['migrate:status'], {});
    expect(await before.exit).toBe(0);
    expect(before.output()).toContain('pending');
    expect(await run('cli.js', ['migrate'], {}).exit).toBe(0);
    const after = run('cli.js', ['migrate:status'], {});
    await after.exit;
    expect(after.output()).not.toContain('pending');
    expect(await run('cli.js', ['migrate:revert'], {}).exit).toBe(0);
    expect(await run('cli.js', ['nonsense'], {}).exit).toBe(2);
  });

  it('has the services and the database at hand in its shell', async () => {
    const shell = run('cli.js', ['shell'], { NO_COLOR: '1' });
    shell.child.stdin.end(
      "await database.rows('select 40 + 2 as answer')\nawait groupService.listGroupCategories()\n.exit\n",
    );
    expect(await shell.exit).toBe(0);
    expect(shell.output()).toContain('answer: 42');
    expect(shell.output()).not.toContain('Error');
  });
});
