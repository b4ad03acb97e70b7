import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { BenchRequest } from './requests.js';
import type { Server } from './servers.js';
import type { Workload } from './workloads.js';

/** The statements the product sends for a request of each kind, with `?` where values go, in their order. */
export type Statements = Record<string, string[]>;

interface LogRow extends RowDataPacket {
  command: string;
  text: string;
}

/**
 * Listens to what the product says to its database, by the database's own log: so the bare server runs the same
 * statements, also when the product changes, and the product needs to know nothing of it.
 */
export async function recordStatements(
  url: string,
  product: Server,
  workloads: Iterable<Workload>,
  today: string,
): Promise<Statements> {
  const connection = await createConnection(url);
  const templates = new Set<string>();

  const record = async (request: BenchRequest): Promise<string[]> => {
    if (request.after) await product.answer(request.after);
    // So that the token is known.
    await product.answer({ kind: '', userId: request.userId, method: 'GET', path: '/me' });
    const since = await settledLength();
    await product.answer(request);
    const rows = await log();
    for (const { command, text } of rows) if (command === 'Prepare') templates.add(text);
    return rows.slice(since).flatMap(({ command, text }) => {
      if (command === 'Query') return [text];
      return command === 'Execute' ? [templateOf(text, templates)] : [];
    });
  };
  const log = async () => {
    const sql = `select command_type as command, convert(argument using utf8mb4) as text from mysql.general_log
      where thread_id <> connection_id() and command_type in ('Prepare', 'Execute', 'Query')`;
    return (await connection.query<LogRow[]>(sql))[0];
  };
  /** What requests before have left to be done in the background is done. */
  const settledLength = async () => {
    for (let length = -1; ; await sleep(100)) {
      const now = (await log()).length;
      if (now === length) return now;
      length = now;
    }
  };

  await connection.query("set global log_output = 'TABLE', global general_log = 1");
  try {
    const statements: Statements = {};
    for (const { kinds, requestOf } of workloads) {
      const isRecorded = (kind: string) => Object.hasOwn(statements, kind);
      for (let n = 0; !kinds.every(isRecorded); n++) {
        const request = requestOf(n, today);
        if (!isRecorded(request.kind)) statements[request.kind] = await record(request);
      }
    }
    return statements;
  } finally {
    await connection.query('set global general_log = 0');
    await connection.query('truncate table mysql.general_log');
    await connection.end();
  }
}

/**
 * The log has executed statements with their values filled in, and the prepared ones tell where these go. Those that
 * were prepared before the log was switched on it has as they are.
 */
function templateOf(text: string, templates: Iterable<string>): string {
  const fitting = [...templates].filter((template) => {
    const pattern = template
      .split('?')
      .map((part) => part.replace(/[.*+^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*?');
    return new RegExp(`^${pattern}$`).test(text);
  });
  // A longer one says more about the text: values may look like anything, also like the end of a statement.
  return fitting.toSorted((a, b) => b.length - a.length)[0] ?? text;
}
