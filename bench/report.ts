import { cpus, release, totalmem } from 'node:os';

/** What one server has used and given with one workload, over all turns. CPU in microseconds. */
export interface Figures {
  requests: number;
  seconds: number;
  serverCpu: number;
  databaseCpu: number;
  p50: number[];
  p99: number[];
}

export interface Run {
  workload: string;
  figures: Figures;
}

/** Two that took turns, and how many times the CPU of the second the first may use. */
export interface Comparison {
  what: string;
  first: Run & { server: string };
  second: Run & { server: string };
  most: number;
}

export type Check = [holds: boolean, text: string];

export const noFigures = (): Figures => ({
  requests: 0,
  seconds: 0,
  serverCpu: 0,
  databaseCpu: 0,
  p50: [],
  p99: [],
});

export const say = (text: string) => console.log(text);

/** Prints the figures; returns the promises that they keep or break. */
export function report(comparisons: readonly Comparison[], conditions: string): Check[] {
  const cpu = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  say(`\n${cpu.length} × ${cpu[0]?.model.trim()}, ${memory} GB, Linux ${release()}, Node ${process.version}`);
  say(`${conditions}\n`);
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
  const checks: Check[] = [];
  for (const { what, first, second, most } of comparisons) {
    const ratio = together(first.figures) / together(second.figures);
    lines.push(lineOf(first, `**${ratio.toFixed(2)}**`), lineOf(second, ''));
    checks.push([ratio <= most, `${first.workload}: ${ratio.toFixed(2)} times ${what} (at most ${most})`]);
  }
  for (const line of lines) say(`| ${line.join(' | ')} |`);
  say('');
  return checks;
}

function lineOf({ workload, server, figures }: Comparison['first'], ratio: string): string[] {
  const { requests, seconds, serverCpu, databaseCpu, p50, p99 } = figures;
  return [
    workload,
    server,
    (requests / seconds).toFixed(0),
    median(p50).toFixed(1),
    median(p99).toFixed(1),
    (serverCpu / requests).toFixed(0),
    (databaseCpu / requests).toFixed(0),
    together(figures).toFixed(0),
    ratio,
  ];
}

function together({ serverCpu, databaseCpu, requests }: Figures): number {
  return (serverCpu + databaseCpu) / requests;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
