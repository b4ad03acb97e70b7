import { readFileSync } from 'node:fs';
import { createPool, type PoolConnection } from 'mysql2';
import type { Statements } from './statements.js';

/** Recorded from the product; a count or an order that has changed shows in an answer that differs. */
const statements = new Map(Object.entries(JSON.parse(readFileSync(0, 'utf8')) as Statements));

/** The product's statements for a request of that kind. */
export function sqlOf(kind: string): string[] {
  const found = statements.get(kind);
  if (!found) throw new Error(`No request of the kind ${kind} was recorded`);
  return found;
}

const url = new URL(process.env.DATABASE_URL!);

const pool = createPool({
  host: url.hostname,
  port: Number(url.port),
  user: url.username,
  password: url.password,
  database: url.pathname.slice(1),
  connectionLimit: 10,
  timezone: 'Z',
  dateStrings: ['DATE'],
});
pool.on('connection', (connection) => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => undefined);
  connection.query("SET time_zone = '+00:00'", () => undefined);
});

export type Value = string | number | boolean | Date | null;
export type Row = Record<string, any>;

/** On any free connection. */
export function rows(statement: string, params: Value[]): Promise<Row[]> {
  return new Promise((resolve, reject) =>
    pool.execute(statement, params, (error, result) => (error ? reject(error) : resolve(result as Row[]))),
  );
}

export function execute(connection: PoolConnection, statement: string, params: Value[]): Promise<any> {
  return new Promise((resolve, reject) =>
    connection.execute(statement, params, (error, result) => (error ? reject(error) : resolve(result))),
  );
}

export async function inTransaction<T>(
  begin: string,
  commit: string,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> {
  const connection = await new Promise<PoolConnection>((resolve, reject) =>
    pool.getConnection((error, free) => (error ? reject(error) : resolve(free))),
  );
  const say = (text: string) =>
    new Promise<void>((resolve, reject) =>
      connection.query(text, (error) => (error ? reject(error) : resolve())),
    );
  try {
    await say(begin);
    const result = await work(connection);
    await say(commit);
    return result;
  } catch (error) {
    await say('ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
}

/** A person as all answers name one. */
export const userRef = (id: number, nickname: string, avatar: string | null) => ({
  id,
  nickname,
  avatarUrl: avatar && `/media/${avatar}`,
});
