import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MariaDb } from '../test/support/mariadb.js';
import { USERS, worldOf } from './data.js';
import { loadCommunity } from './load-community.js';
import { loadData } from './load-data.js';
import type { Outcome, Task } from './load-generator.js';
import { loadingConnection } from './load-table.js';
import { type Comparison, type Figures, noFigures, report, say } from './report.js';
import type { BenchRequest } from './requests.js';
import { cpuOf, memoryOf, Server } from './servers.js';
import { recordStatements } from './statements.js';
import { PAGES, type Workload, WORKLOADS } from './workloads.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '4' },
    workload: { type: 'string', multiple: true, default: [...Object.keys(WORKLOADS), 'pages'] },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const chosen = Object.entries(WORKLOADS).filter(([name]) => options.workload.includes(name));

const CONNECTIONS = 64;
const MAX_RATIO = 2;
/** A later page may cost so many times page 1: what the machine does meanwhile moves it by a tenth. */
const MAX_DEPTH_RATIO = 1.25;
const MAX_MEMORY_MB = 240;
/** What a turn leaves to be done in the background (purging, flushing) is counted to it. */
const AFTERMATH_MS = 500;
/** Number of the first request that is measured: those before have been recorded and compared. */
const FIRST = 30_000;

type Load = Pick<Task, 'workload' | 'from' | 'seconds' | 'requests'>;

const started = Date.now();
const progress = (text: string) =>
  say(`[${String(Math.round((Date.now() - started) / 1_000)).padStart(4)} s] ${text}`);

progress('starting MariaDB');
const mariadb = await MariaDb.start([
  '--innodb-buffer-pool-size=2G',
  '--innodb-log-file-size=512M',
  '--innodb-flush-log-at-trx-commit=1',
]);
if (!mariadb) throw new Error('There is no mariadbd here: apt-get install -y mariadb-server');
const url = await mariadb.createDatabase('bench');
const generator = fork(fileURLToPath(new URL('load-generator.js', import.meta.url)));
const stoppable: { stop(): Promise<void> }[] = [];
const world = worldOf(new Date());
const { today } = world;
let failed = false;
try {
  const product = await Server.product(url); // which migrates
  stoppable.push(product);
  const connection = await loadingConnection(url);
  progress('loading 10 000 users, 200 groups, 200 000 memberships, 2 000 000 check-ins');
  await loadData(connection, world);
  progress('loading 100 000 posts, 1 000 000 comments, 1 000 000 likes, 20 000 questions, 60 000 answers');
  await loadCommunity(connection, world);
  await connection.end();
  progress('recording the statements of the product');
  const workloads = Object.values(WORKLOADS);
  const bare = await Server.bare(url, await recordStatements(url, product, workloads, today));
  stoppable.push(bare);
  for (const [name, workload] of chosen) await assertSameAnswers(name, workload, product, bare);

  progress('warming up');
  for (const server of [product, bare]) await load(server, { workload: 'profile', from: 0, requests: USERS });
  const comparisons: Comparison[] = [];
  for (const [workload] of chosen) {
    const first = { server: 'product', workload, figures: noFigures() };
    const second = { server: 'bare', workload, figures: noFigures() };
    comparisons.push({ what: "the bare server's CPU", first, second, most: MAX_RATIO });
    await takeTurns([product, first], [bare, second]);
  }
  if (options.workload.includes('pages')) {
    const pages = Object.keys(PAGES).map((workload) => {
      return { server: 'product', workload, figures: noFigures() };
    });
    const [second, ...others] = pages as [Comparison['first'], ...Comparison['first'][]];
    const what = `the CPU of "${second.workload}"`;
    comparisons.push(...others.map((first) => ({ what, first, second, most: MAX_DEPTH_RATIO })));
    await takeTurns(...pages.map((page): [Server, typeof page] => [product, page]));
  }
  const checks = report(comparisons, `${CONNECTIONS} connections, ${rounds} turns of ${seconds} s each`);
  for (const [name, { pid }] of Object.entries({ product, bare })) {
    const { now, peak } = memoryOf(pid);
    say(`resident memory of the ${name} server: ${now} MB in the end, ${peak} MB at most`);
  }
  const { peak } = memoryOf(product.pid);
  checks.push([peak < MAX_MEMORY_MB, `memory: ${peak} MB at most (below ${MAX_MEMORY_MB})`]);
  say('');
  for (const [holds, text] of checks) say(`${holds ? 'ok    ' : 'MISSED'} ${text}`);
  failed = checks.some(([holds]) => !holds);
} finally {
  generator.kill();
  for (const server of stoppable.reverse()) await server.stop();
  await mariadb.stop();
}
process.exitCode = failed ? 1 : 0;

/** All warm up, then one after the other, again and again, so that what else the machine does befalls all. */
async function takeTurns(...sides: [Server, { workload: string; figures: Figures }][]): Promise<void> {
  progress([...new Set(sides.map(([, { workload }]) => workload))].join(', '));
  let from = FIRST;
  for (const [server, { workload }] of sides) {
    from += (await load(server, { workload, from, seconds: 2 })).requests;
  }
  for (let round = 0; round < rounds; round++) {
    for (const [server, { workload, figures }] of sides) {
      from += await turn(server, figures, { workload, from, seconds });
    }
  }
}

/** One server under load for a while; the number of requests it has answered. */
async function turn(server: Server, figures: Figures, task: Load): Promise<number> {
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

async function load(server: Server, task: Load): Promise<Outcome> {
  const { port } = server;
  const { outcome, error } = await ask(generator, { ...task, today, port, connections: CONNECTIONS });
  if (!outcome) throw new Error(error);
  if (Object.keys(outcome.statuses).some((status) => Number(status) >= 300)) {
    throw new Error(`${task.workload}: ${JSON.stringify(outcome.statuses)}`);
  }
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

/** Both are asked the same, one of each kind, and must say the same; of writes, all but ids and instants. */
async function assertSameAnswers(name: string, workload: Workload, product: Server, bare: Server) {
  const { kinds, requestOf, twinOf = (n) => n, comparable = (data: unknown) => data } = workload;
  const missing = new Set(kinds);
  for (let n = 600; missing.size > 0; n++) {
    if (!missing.delete(requestOf(n, today).kind)) continue;
    const [a, b] = await Promise.all([
      answer(product, requestOf(n, today)),
      answer(bare, requestOf(twinOf(n), today)),
    ]);
    assert.deepEqual(comparable(b as never), comparable(a as never), `${name}: ${n}`);
  }
}

async function answer(server: Server, { after, ...request }: BenchRequest): Promise<unknown> {
  if (after) await server.answer(after);
  return server.answer(request);
}
