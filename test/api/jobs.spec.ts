import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { Jobs } from '../../src/common/jobs/jobs.js';
import { createTestApp, type TestApp } from '../support/app.js';

const DAY_MS = 86_400_000;

describe('Jobs of the application', () => {
  let t: TestApp;
  let db: Database;
  let jobs: Jobs;

  beforeAll(async () => {
    t = await createTestApp();
    db = t.app.get(Database);
    jobs = t.app.get(Jobs);
  });
  afterAll(() => t.close());

  it('forget sessions 30 days after their end, with their tokens, and no live ones', async () => {
    const user = await t.world.user();
    const before = await db.row<{ id: number }>('select max(id) as id from sessions');
    const at = (days: number) => new Date(t.clock.now().getTime() + days * DAY_MS);
    const session = async (expires: Date, revoked: Date | null) => {
      const { insertId } = await db.run(
        `insert into sessions (user_id, user_agent, address, created_at, last_used_at, expires_at, revoked_at)
         values (?, 'x', '::1', ?, ?, ?, ?)`,
        [user.id, at(-99), at(-99), expires, revoked],
      );
      await db.run('insert into refresh_tokens (session_id, token_hash, created_at) values (?, ?, ?)', [
        insertId,
        `hash ${insertId}`,
        at(-99),
      ]);
      return insertId;
    };
    const gone = [await session(at(-31), null), await session(at(9), at(-31))];
    const kept = [await session(at(-29), null), await session(at(9), at(-29)), await session(at(9), null)];
    await jobs.runNow('ended-sessions');
    const left = await db.rows<{ id: number }>(
      `select s.id from sessions s join refresh_tokens t on t.session_id = s.id where s.id > ? order by s.id`,
      [before!.id],
    );
    expect(left.map(({ id }) => id)).toEqual(kept);
    const orphans = await db.rows('select 1 from refresh_tokens where session_id in (?, ?)', gone);
    expect(orphans).toEqual([]);
    expect(await t.api.as(user).get('/me')).toMatchObject({ status: 200 });
  });
});
