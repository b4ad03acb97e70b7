import { vi } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import type { TestApp } from './app.js';
import type { TestUser } from './world.js';

/** The cursor of a list, from the values it holds. */
export const cursorOf = (...values: (string | number)[]) =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/**
 * How many rows the server (MySQL only) touches for the ten items of a list's page; on one connection, as others use
 * the server too.
 */
export async function rowsReadFor(t: TestApp, user: TestUser, url: string): Promise<number> {
  const db = t.app.get(Database);
  const spy = vi.spyOn(db, 'rows');
  const { data } = await t.api.as(user).get(url);
  const [sql, params] = spy.mock.calls.find(([one]) => one.includes('limit 11')) ?? [];
  spy.mockRestore();
  if (!sql || data.items.length !== 10) throw new Error(`${url} is no list of ten: ${JSON.stringify(data)}`);
  const soFar = async () => {
    const rows = await db.rows<{ Value: string }>("show session status like 'Handler_read_%'");
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  return db.transaction(async () => {
    const before = await soFar();
    await db.rows(sql, params);
    return (await soFar()) - before;
  });
}
