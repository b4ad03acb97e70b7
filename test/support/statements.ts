import { vi } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import type { TestApp } from './app.js';
import type { Answer } from './client.js';
import { expectStatus, type TestUser } from './world.js';

/** How many statements a read sends to the database, and the items it answers. */
export async function countStatements(
  t: TestApp,
  user: TestUser,
  url: string,
): Promise<{ statements: number; items: Answer['data'][] }> {
  const db = t.app.get(Database);
  // The first look of a day does more: it settles streaks, for one.
  await t.api.as(user).get(url);
  // A repository is asked for anew for each of its statements.
  const spies = [vi.spyOn(db, 'rows'), vi.spyOn(db, 'run'), vi.spyOn(db, 'repo')];
  const { data } = expectStatus(200, await t.api.as(user).get(url));
  const statements = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return { statements, items: data.items ?? data.days };
}
