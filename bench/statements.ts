import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { requestOf, type Workload, WORKLOADS } from './workloads.js';
import type { Server } from './servers.js';

/** The statements the product sends for one request of each kind, with `?` where values go, in their order. */
export interface Statements {
  profile: string[];
  checkIn: string[];
  calendar: string[];
  stats: string[];
  leaderboard: string[];
}

interface LogRow extends RowDataPacket {
  command: string;
  text: string;
}

/**
 * Listens to what the product says to its database, by the database's own log: so the bare server runs the same
 * statements, also when the product changes, and the product needs to know nothing of it.
 */
export async function recordStatements(url: string, product: Server, today: string): Promise<Statements> {
  const connection = await createConnection(url);
  const templates = new Set<string>();

  const record = async (workload: Workload, n: number): Promise<string[]> => {
    // Once before, so that the token is known and the group's heat has been counted for this minute.
    if (workload === 'check-in') await product.answer(requestOf(workload, n + 200, today));
    await product.answer(requestOf('profile', requestOf(workload, n, today).userId - 1, today));
    const since = await logLength();
    await product.answer(requestOf(workload, n, today));
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
  const logLength = async () => (await log()).length;

  await connection.query("set global log_output = 'TABLE', global general_log = 1");
  try {
    const calendar = WORKLOADS[2];
    return {
      profile: await record('profile', 0),
      checkIn: await record('check-in', 0),
      calendar: await record(calendar, 0),
      stats: await record(calendar, 1),
      leaderboard: await record('leaderboard', 0),
    };
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
  for (const template of templates) {
    const pattern = template
      .split('?')
      .map((part) => part.replace(/[.*+^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*?');
    if (new RegExp(`^${pattern}$`).test(text)) return template;
  }
  return text;
}
