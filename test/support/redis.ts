import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, freePort } from './programs.js';

export interface RedisServer {
  url: string;
  stop(): Promise<void>;
}

/** That of TEST_REDIS_URL, else a private one; undefined when none is installed. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const given = process.env.TEST_REDIS_URL;
  return given ? { url: given, stop: async () => undefined } : startPrivateRedis();
}

/** A server without persistence that a test may stop, and start again on the same port. */
export async function startPrivateRedis(port?: number): Promise<RedisServer | undefined> {
  const program = findProgram('redis-server');
  if (!program) return undefined;
  port ??= await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'higroup-redis-'));
  const settings = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ];
  const server = spawn(program, settings, { stdio: 'ignore' });
  process.once('exit', () => server.kill('SIGKILL'));
  for (const deadline = Date.now() + 15_000; !(await answers(port)); await sleep(20)) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('redis-server does not start');
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}
