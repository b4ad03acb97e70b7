import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/support/programs.js';
import { SECRET } from './data.js';
import { type BenchRequest, tokenOf } from './requests.js';
import type { Statements } from './statements.js';

/** Calls per second that no benchmark reaches: everything is counted and nobody is refused. */
const UNLIMITED = '100000000/60';

/** A server process under test. */
export class Server {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {}

  /** The product as it runs in production, one process; only the limits of calls are raised, and no job runs. */
  static async product(databaseUrl: string): Promise<Server> {
    const port = await freePort();
    const main = fileURLToPath(new URL('../../main.js', import.meta.url));
    return Server.start(port, [...nodeOptions(), main], {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      TOKEN_SECRET: SECRET,
      SMS_SENDER: 'console',
      RATE_LIMIT_ADDRESS: UNLIMITED,
      RATE_LIMIT_USER: UNLIMITED,
      RATE_LIMIT_CHECK_IN: UNLIMITED,
      RATE_LIMIT_COMMENT: UNLIMITED,
      RATE_LIMIT_LIKE: UNLIMITED,
      // Their statements would be taken for those of a request.
      JOBS_ENABLED: 'false',
    });
  }

  static async bare(databaseUrl: string, statements: Statements): Promise<Server> {
    const port = await freePort();
    const main = fileURLToPath(new URL('bare-server.js', import.meta.url));
    return Server.start(
      port,
      [main],
      {
        PORT: String(port),
        DATABASE_URL: databaseUrl,
      },
      JSON.stringify(statements),
    );
  }

  private static async start(
    port: number,
    args: string[],
    env: NodeJS.ProcessEnv,
    input = '',
  ): Promise<Server> {
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin.end(input);
    process.once('exit', () => child.kill('SIGKILL'));
    const server = new Server(child, port);
    for (const deadline = Date.now() + 30_000; ; await sleep(50)) {
      if (child.exitCode !== null) throw new Error(`A server ended with ${child.exitCode}`);
      if (await server.answers()) return server;
      if (Date.now() > deadline) throw new Error('A server does not start');
    }
  }

  get pid(): number {
    return this.process.pid!;
  }

  /** The `data` of the answer to one request; throws when it is a failure. */
  async answer(wanted: BenchRequest): Promise<unknown> {
    const { status, text } = await this.send(wanted);
    if (status >= 300) throw new Error(`${wanted.method} ${wanted.path}: ${status} ${text}`);
    return (JSON.parse(text) as { data: unknown }).data;
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  private async answers(): Promise<boolean> {
    return this.send({ kind: '', userId: 1, method: 'GET', path: '/me' }).then(
      () => true,
      () => false,
    );
  }

  private send({ userId, method, path, body }: BenchRequest): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path: `/api/v1${path}`,
          headers: { authorization: `Bearer ${tokenOf(userId)}`, 'content-type': 'application/json' },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve({ status: response.statusCode!, text }));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** For profiling the product: `BENCH_NODE_OPTIONS='--cpu-prof'`. */
function nodeOptions(): string[] {
  return process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [];
}

/** CPU time a process has used in all its threads, in microseconds; the kernel counts in steps of 10 ms. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Resident memory in MB: now, and the most there ever was. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]) / 1024);
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}
