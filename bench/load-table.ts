import { Readable } from 'node:stream';
import { createConnection, type Connection } from 'mysql2/promise';

export type Value = string | number | Date | null;

/** A connection on which tables are filled as fast as they can be. */
export async function loadingConnection(url: string): Promise<Connection> {
  const connection = await createConnection({ uri: url, flags: ['+LOCAL_FILES'] });
  await connection.query(
    "set foreign_key_checks = 0, unique_checks = 0, time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES'",
  );
  return connection;
}

export function* map<T>(count: number, make: (index: number) => T): Generator<T> {
  for (let index = 0; index < count; index++) yield make(index);
}

/** All rows have the columns of the first. */
export async function load(
  connection: Connection,
  table: string,
  rows: Generator<Record<string, Value>>,
): Promise<void> {
  const first = rows.next().value as Record<string, Value>;
  const columns = Object.keys(first).map((column) => `\`${column}\``);
  await connection.query({
    sql: `load data local infile 'rows' into table ${table} character set utf8mb4 (${columns.join(', ')})`,
    infileStreamFactory: () => Readable.from(chunksOf(first, rows)),
  });
  await connection.query('commit');
}

function* chunksOf(first: Record<string, Value>, rows: Generator<Record<string, Value>>): Generator<Buffer> {
  let text = lineOf(first);
  for (const row of rows) {
    text += lineOf(row);
    if (text.length < 100_000) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

const lineOf = (row: Record<string, Value>): string => `${Object.values(row).map(textOf).join('\t')}\n`;

function textOf(value: Value): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString().slice(0, -1).replace('T', ' ');
  return typeof value === 'string' ? value.replace(/[\\\t\n]/g, '\\$&') : String(value);
}
