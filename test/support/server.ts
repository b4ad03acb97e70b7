import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './programs.js';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/main.js');
const START_MS = 60_000;

export interface Reply {
  status: number;
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into whatever comes
  data: any;
  error: string | undefined;
}

/** The built product in a process of its own. */
export interface Server {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** Everything it has printed so far. */
  output(): string;
  /** `url` below `/api/v1`. */
  post(url: string, token: string, body?: object): Promise<Reply>;
  stop(): Promise<void>;
}

/** `env` is all of its configuration, but for the port. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Server> {
  buildIfStale();
  const folder = await mkdtemp(join(tmpdir(), 'higroup-server-'));
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ...env },
  });
  const exited = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(late);
    }
    await rm(folder, { recursive: true, force: true });
  };
  const base = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${base}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const deadline = Date.now() + START_MS; !(await isReady()); await sleep(50)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`the server does not start:\n${output}`);
  }
  return {
    url: base,
    output: () => output,
    async post(url, token, body = {}) {
      const response = await fetch(`${base}/api/v1${url}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { data } = (await response.json()) as { data: Reply['data'] };
      return { status: response.status, data, error: data?.error };
    },
    stop,
  };
}

/** `npm test` builds first; a file that is run by itself may find an older build, or none. */
function buildIfStale(): void {
  const changed = (file: string) => statSync(join(ROOT, file)).mtimeMs;
  const built = existsSync(MAIN) ? changed('dist/main.js') : 0;
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/spec(-support)?\.ts$/.test(file),
  );
  if (sources.some((file) => changed(join('src', file)) > built))
    execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'pipe' });
}
