import { setTimeout as sleep } from 'node:timers/promises';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { tableContents } from '../support/database.js';
import { MariaDb } from '../support/mariadb.js';
import { picture } from '../support/pictures.js';
import { exampleRequest, operations } from '../support/operations.js';
import { findProgram } from '../support/programs.js';
import { expectStatus, type TestUser } from '../support/world.js';

const json = (answer: { json(): unknown }) =>
  answer.json() as { code: number; msg: string; data: { error?: string; requestId: string } | null };

describe.runIf(findProgram('mariadbd'))('while the database is away', () => {
  const STATEMENT_TIMEOUT_MS = 500;
  const ACQUIRE_TIMEOUT_MS = 1_000;
  const DEADLINE_MS = 2_000;
  /** The statement's own limit and the grace for the server to keep it; a second try; a connection; and some. */
  const SILENT_DEADLINE_MS = 2 * (STATEMENT_TIMEOUT_MS + 2_000) + ACQUIRE_TIMEOUT_MS + 2_000;

  let server: MariaDb;
  let t: TestApp;
  let user: TestUser;
  let groupId: number;

  beforeAll(async () => {
    // Of its own: those of others are not to be killed.
    // And what it has acknowledged is on the disk.
    server = (await MariaDb.start(['--innodb-flush-log-at-trx-commit=1']))!;
    t = await createTestApp({
      database: {
        config: {
          kind: 'mysql',
          url: await server.createDatabase('outage'),
          poolSize: 5,
          queueLimit: 200,
          acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
          statementTimeoutMs: STATEMENT_TIMEOUT_MS,
        },
        remove: () => server.stop(),
      },
    });
    user = await t.world.user({ role: 'admin' });
    ({ id: groupId } = await t.world.group(user));
    await t.api.as(user).get('/me'); // the token is known
  });
  afterAll(async () => {
    await t?.close();
    await server?.stop();
  });

  const send = (options: InjectOptions | string, language = 'en') => {
    const { headers, ...rest } = typeof options === 'string' ? { url: options, headers: {} } : options;
    const authorization = `Bearer ${t.api.tokenOf(user)}`;
    return t.app.inject({ ...rest, headers: { authorization, 'accept-language': language, ...headers } });
  };

  async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
    const start = performance.now();
    const result = await work();
    return [result, performance.now() - start];
  }

  async function expectAway(withinMs: number): Promise<void> {
    const [answer, ms] = await timed(() => send('/api/v1/me'));
    expect(answer.statusCode).toBe(503);
    expect(json(answer)).toMatchObject({ code: 15003, data: { error: 'DATABASE_UNAVAILABLE' } });
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).not.toMatch(/ECONN|127\.0\.0\.1|select|mysql/i);
    expect(ms).toBeLessThan(withinMs);
    expect(json(await send('/api/v1/me', 'zh')).msg).toMatch(/[\u4e00-\u9fff]/);
  }

  async function expectHealth(ready: 200 | 503, withinMs: number): Promise<void> {
    const [answer, ms] = await timed(() => t.app.inject('/health/ready'));
    expect(answer.statusCode).toBe(ready);
    expect(json(answer).data).toMatchObject(
      ready === 200 ? { status: 'up' } : { error: 'DATABASE_UNAVAILABLE' },
    );
    expect(ms).toBeLessThan(withinMs);
    expect((await t.app.inject('/health/live')).statusCode).toBe(200);
  }

  /** Without a restart. */
  async function expectBack(): Promise<void> {
    await expectHealth(200, DEADLINE_MS);
    expectStatus(200, await t.api.as(user).get('/me'));
    const group = await t.world.group(user, { name: 'after the outage' });
    await t.world.checkIn(group.id, user);
    expect((await t.api.as(user).get(`/groups/${group.id}/members/me/stats`)).data.total).toBe(1);
  }

  it('what is under way is answered with 503 or done, and what is done is there when the database is back', async () => {
    await expectHealth(200, DEADLINE_MS);
    const underWay = Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        i % 2 === 0
          ? t.api.as(user).post(`/groups/${groupId}/invites`)
          : t.api.as(user).get(`/groups/${groupId}`),
      ),
    );
    await sleep(15);
    await server.kill();
    const answers = await underWay;
    expect(answers.filter(({ status }) => ![200, 201].includes(status)).map(({ code }) => code)).toEqual(
      answers.filter(({ status }) => status === 503).map(() => 15003),
    );
    expect(answers.some(({ status }) => status === 503)).toBe(true);

    await server.start();
    await expectBack();
    const ids = new Set(
      (await t.api.as(user).get(`/groups/${groupId}/invites?limit=100`)).data.items.map(
        (each: { id: number }) => each.id,
      ),
    );
    for (const { status, data } of answers) if (status === 201) expect(ids).toContain(data.id);
  });

  it('every route says so within the deadline, whatever needs no database works, and it comes back', async () => {
    const before = await tableContents(t.app.get(Database));
    await server.kill();
    await expectAway(DEADLINE_MS);
    await expectHealth(503, DEADLINE_MS);

    const upload = { content: await picture(), filename: 'a.jpg' };
    expect((await t.api.as(user).upload('/uploads', upload)).code).toBe(15003);
    for (const operation of operations.filter(({ form }) => !form)) {
      const [answer, ms] = await timed(() => send(exampleRequest(operation)));
      const what = `${operation.method} ${operation.path}`;
      expect(ms, what).toBeLessThan(DEADLINE_MS);
      const { code, data } = json(answer);
      if (answer.statusCode >= 500) expect([what, answer.statusCode, code]).toEqual([what, 503, 15003]);
      // Codes are not in the database, nor are the categories of a group.
      else expect(data?.error ?? 'ok', what).toMatch(/^(ok|CODE_INVALID)$/);
    }
    // What is refused anyway is refused for its own fault.
    expect((await t.app.inject('/api/v1/me')).statusCode).toBe(401);
    expect((await send('/api/v1/groups/0')).statusCode).toBe(400);
    expect((await send('/api/v1/nothing')).statusCode).toBe(404);
    expect((await send('/docs/json')).statusCode).toBe(200);
    // A token nobody has seen before cannot be checked: that is no reason to call it bad.
    const other = t.api.tokenOf({ id: user.id, sessionId: user.sessionId + 1 });
    const stranger = await send({ url: '/api/v1/me', headers: { authorization: `Bearer ${other}` } });
    expect(json(stranger).code).toBe(15003);

    const [crowd, ms] = await timed(() =>
      Promise.all(Array.from({ length: 300 }, () => send('/api/v1/me/groups'))),
    );
    expect(new Set(crowd.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));
    expect(ms).toBeLessThan(DEADLINE_MS * 2);

    await server.start();
    const after = await tableContents(t.app.get(Database));
    expect(after).toEqual(before);
    await expectBack();
  });

  it('a server that keeps its connections and says nothing is given up, too', async () => {
    await Promise.all(Array.from({ length: 5 }, () => send('/api/v1/me'))); // all connections are open
    server.suspend();
    await sleep(50);
    const [answers, ms] = await timed(() =>
      Promise.all([
        send('/api/v1/me'),
        send(`/api/v1/groups/${groupId}`),
        send({ method: 'POST', url: `/api/v1/groups/${groupId}/check-ins`, payload: {} }),
        t.app.inject('/health/ready'),
      ]),
    );
    server.resume();
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503, 503]);
    expect(ms).toBeLessThan(SILENT_DEADLINE_MS);
    await sleep(100);
    await expectBack();
  });
});
