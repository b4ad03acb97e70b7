import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, release, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MariaDb } from '../test/support/mariadb.js';
import { USERS, worldOf } from './data.js';
import { loadData } from './load-data.js';
import type { Outcome, Task } from './load-generator.js';
import { cpuOf, memoryOf, Server } from './servers.js';
import { recordStatements } from './statements.js';
import { requestOf, type Workload, WORKLOADS } from './workloads.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '4' },
    workload: { type: 'string', multiple: true, default: [...WORKLOADS] },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);

const CONNECTIONS = 64;
const MAX_RATIO = 2;
const MAX_MEMORY_MB = 200;
/** What a turn leaves to be done in the background (purging, flushing) is counted to it. */
const AFTERMATH_MS = 500;

/** Microseconds of CPU and the rest, over all turns of one server with one workload. */
interface Figures {
  requests: number;
  seconds: number;
  serverCpu: number;
  databaseCpu: number;
  p50: number[];
  p99: number[];
}

type Sides<T> = Record<'product' | 'bare', T>;

const say = (text: string) => console.log(text);
const started = Date.now();
const progress = (text: string) =>
  say(`[${String(Math.round((Date.now() - started) / 1_000)).padStart(4)} s] ${text}`);

progress('starting MariaDB');
const mariadb = await MariaDb.start([
  '--innodb-buffer-pool-size=1G',
  '--innodb-log-file-size=512M',
  '--innodb-flush-log-at-trx-commit=1',
]);
if (!mariadb) throw new Error('There is no mariadbd here: apt-get install -y mariadb-server');
const url = await mariadb.createDatabase('bench');
const generator = fork(fileURLToPath(new URL('load-generator.js', import.meta.url)));
const stoppable: { stop(): Promise<void> }[] = [];
let failed = false;
try {
  const product = await Server.product(url); // which migrates
  stoppable.push(product);
  progress('loading 10 000 users, 200 groups, 200 000 memberships, 2 000 000 check-ins');
  const world = worldOf(new Date());
  await loadData(url, world);
  progress('recording the statements of the product');
  const bare = await Server.bare(url, await recordStatements(url, product, world.today));
  stoppable.push(bare);
  const servers: Sides<Server> = { product, bare };
  await assertSameAnswers(servers, world.today);

  progress('warming up');
  for (const side of ['product', 'bare'] as const) {
    await load(servers[side], { workload: 'profile', from: 0, requests: USERS, today: world.today });
  }
  const results = new Map<Workload, Sides<Figures>>();
  for (const workload of WORKLOADS.filter((name) => options.workload.includes(name))) {
    progress(workload);
    const figures = { product: noFigures(), bare: noFigures() };
    // The first memberships have checked in, to record and to compare.
    let from = 30_000;
    for (const side of ['product', 'bare'] as const) {
      from += (await load(servers[side], { workload, from, seconds: 2, today: world.today })).requests;
    }
    for (let round = 0; round < rounds; round++) {
      for (const side of ['product', 'bare'] as const) {
        from += await turn(servers[side], figures[side], { workload, from, seconds, today: world.today });
      }
    }
    results.set(workload, figures);
  }
  const memory = { product: memoryOf(product.pid), bare: memoryOf(bare.pid) };
  failed = report(results, memory);
} finally {
  generator.kill();
  for (const server of stoppable.reverse()) await server.stop();
  await mariadb.stop();
}
process.exitCode = failed ? 1 : 0;

/** One server under load for a while; the number of requests it has answered. */
async function turn(
  server: Server,
  figures: Figures,
  task: Omit<Task, 'port' | 'connections'>,
): Promise<number> {
  const pids = [server.pid, mariadb!.pid!] as const;
  const before = pids.map(cpuOf);
  const outcome = await load(server, task);
  await sleep(AFTERMATH_MS);
  const [serverCpu, databaseCpu] = pids.map((pid, index) => cpuOf(pid) - before[index]!) as [number, number];
  figures.requests += outcome.requests;
  figures.seconds += outcome.seconds;
  figures.serverCpu += serverCpu;
  figures.databaseCpu += databaseCpu;
  figures.p50.push(outcome.p50);
  figures.p99.push(outcome.p99);
  return outcome.requests;
}

async function load(server: Server, task: Omit<Task, 'port' | 'connections'>): Promise<Outcome> {
  const { outcome, error } = await ask(generator, { ...task, port: server.port, connections: CONNECTIONS });
  if (!outcome) throw new Error(error);
  const wanted = task.workload === 'check-in' ? 201 : 200;
  const others = Object.keys(outcome.statuses).filter((status) => Number(status) !== wanted);
  if (others.length > 0) throw new Error(`${task.workload}: ${JSON.stringify(outcome.statuses)}`);
  return outcome;
}

async function ask(child: ChildProcess, task: Task): Promise<{ outcome?: Outcome; error?: string }> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort(new Error('The load generator has ended')));
  child.send(task);
  try {
    const [answer] = await once(child, 'message', { signal: ended.signal });
    return answer as { outcome?: Outcome; error?: string };
  } finally {
    child.removeAllListeners('exit');
  }
}

/** Both are asked the same and must say the same; of check-ins, all but ids and instants. */
async function assertSameAnswers({ product, bare }: Sides<Server>, today: string): Promise<void> {
  for (const workload of WORKLOADS) {
    for (const n of [600, 601]) {
      const isWrite = workload === 'check-in';
      // Of one group, and with the same history.
      const [a, b] = await Promise.all([
        product.answer(requestOf(workload, n, today)),
        bare.answer(requestOf(workload, isWrite ? n + 200 * 132 : n, today)),
      ]);
      assert.deepEqual(isWrite ? withoutIds(b) : b, isWrite ? withoutIds(a) : a, workload);
    }
  }
}

function withoutIds(data: unknown): unknown {
  const { checkIn, ...rest } = data as { checkIn: object };
  return { ...rest, checkIn: { ...checkIn, id: 0, userId: 0, checkedAt: '' } };
}

function noFigures(): Figures {
  return { requests: 0, seconds: 0, serverCpu: 0, databaseCpu: 0, p50: [], p99: [] };
}

/** Prints everything; true when a target is missed. */
function report(results: Map<Workload, Sides<Figures>>, memory: Sides<ReturnType<typeof memoryOf>>): boolean {
  const cpu = cpus();
  say(
    `\n${cpu.length} × ${cpu[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}`,
  );
  say(`${CONNECTIONS} connections, ${rounds} turns of ${seconds} s each\n`);
  const head = [
    'workload',
    'server',
    'req/s',
    'p50 ms',
    'p99 ms',
    'server µs',
    'database µs',
    'together µs',
    'ratio',
  ];
  const lines = [head, head.map(() => '---')];
  const checks: [boolean, string][] = [];
  for (const [workload, sides] of results) {
    const ratio = together(sides.product) / together(sides.bare);
    checks.push([
      ratio <= MAX_RATIO,
      `${workload}: ${ratio.toFixed(2)} times the bare server's CPU (at most ${MAX_RATIO})`,
    ]);
    for (const side of ['product', 'bare'] as const) {
      const { requests, seconds: time, serverCpu, databaseCpu, p50, p99 } = sides[side];
      lines.push([
        workload,
        side,
        (requests / time).toFixed(0),
        median(p50).toFixed(1),
        median(p99).toFixed(1),
        (serverCpu / requests).toFixed(0),
        (databaseCpu / requests).toFixed(0),
        together(sides[side]).toFixed(0),
        side === 'product' ? ratio.toFixed(2) : '1',
      ]);
    }
  }
  for (const line of lines) say(`| ${line.join(' | ')} |`);
  say('');
  for (const side of ['product', 'bare'] as const) {
    say(
      `resident memory of the ${side} server: ${memory[side].now} MB in the end, ${memory[side].peak} MB at most`,
    );
  }
  const { peak } = memory.product;
  checks.push([peak < MAX_MEMORY_MB, `memory: ${peak} MB at most (below ${MAX_MEMORY_MB})`]);
  say('');
  for (const [ok, text] of checks) say(`${ok ? 'ok    ' : 'MISSED'} ${text}`);
  return checks.some(([ok]) => !ok);
}

function together({ serverCpu, databaseCpu, requests }: Figures): number {
  return (serverCpu + databaseCpu) / requests;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
