import { connect, type Socket } from 'node:net';
import { wireOf } from './requests.js';
import { PAGES, WORKLOADS } from './workloads.js';

/** What the parent asks for: `requests`, or as many as go into `seconds`. */
export interface Task {
  port: number;
  /** Name of one. */
  workload: string;
  today: string;
  connections: number;
  /** Number of the first request. */
  from: number;
  seconds?: number;
  requests?: number;
}

export interface Outcome {
  requests: number;
  seconds: number;
  /** Answers by status. */
  statuses: Record<number, number>;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends the next request on every connection as soon as the last one is answered. */
async function run({ port, workload, today, connections, from, seconds, requests }: Task): Promise<Outcome> {
  const { requestOf } = { ...WORKLOADS, ...PAGES }[workload]!;
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const started = performance.now();
  const deadline = started + (seconds ?? Infinity) * 1_000;
  const last = from + (requests ?? Infinity);
  let next = from;

  const converse = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      let received: Buffer = Buffer.alloc(0);
      const send = () => {
        const now = performance.now();
        if (now >= deadline || next >= last) return resolve();
        sentAt = now;
        socket.write(wireOf(requestOf(next++, today)));
      };
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('The server closed a connection')));
      socket.on('data', (chunk) => {
        received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
        const headEnd = received.indexOf(HEAD_END);
        if (headEnd < 0) return;
        const head = received.toString('latin1', 0, headEnd);
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
        if (received.length < headEnd + HEAD_END.length + length) return;
        received = Buffer.alloc(0);
        const status = Number(head.slice(9, 12));
        statuses[status] = (statuses[status] ?? 0) + 1;
        latencies.push(performance.now() - sentAt);
        send();
      });
      socket.once('connect', send);
    });

  const sockets = Array.from({ length: connections }, () =>
    connect({ port, host: '127.0.0.1', noDelay: true }),
  );
  try {
    await Promise.all(sockets.map(converse));
  } finally {
    for (const socket of sockets) socket.removeAllListeners('close').destroy();
  }
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)]!;
  return {
    requests: latencies.length,
    seconds: (performance.now() - started) / 1_000,
    statuses,
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
}

process.on('message', (task: Task) => {
  run(task).then(
    (outcome) => process.send!({ outcome }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
