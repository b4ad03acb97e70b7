import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { defer, lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { openDatabase } from '../../src/common/database/data-source.js';
import { migrations } from '../../src/common/database/migrations/index.js';
import { migrate } from '../../src/common/database/migrator.js';
import type { ErrorName } from '../../src/common/errors/error-codes.js';
import { IdempotencyKey } from '../../src/common/idempotency/idempotency-key.entity.js';
import { IdempotencyInterceptor } from '../../src/common/idempotency/idempotency.interceptor.js';
import { IdempotencyStore } from '../../src/common/idempotency/idempotency.store.js';
import { BusinessLogEntry } from '../../src/common/logging/business-log.entity.js';
import { BusinessLog } from '../../src/common/logging/business-log.js';
import { runInRequest } from '../../src/common/request/request-context.js';
import { FixedClock } from '../../src/common/time/clock.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('on the database', () => {
  const clock = new FixedClock('2026-01-31T08:00:00.000Z');
  let test: TestDatabase;
  let db: Database;
  let interceptor: IdempotencyInterceptor;
  let user = 0;

  beforeAll(async () => {
    test = await createTestDatabase();
    const opened = await openDatabase(test.config, [IdempotencyKey, BusinessLogEntry], migrations);
    await migrate(opened.dataSource);
    db = opened.database;
    interceptor = new IdempotencyInterceptor(db, new IdempotencyStore(db, clock));
    for (const phone of ['+8613800000001', '+8613800000002']) {
      const { insertId } = await db.run(
        `insert into users (phone, password_hash, nickname, nickname_key, created_at, updated_at)
         values (?, 'x', 'n', 'n', ?, ?)`,
        [phone, clock.now(), clock.now()],
      );
      user ||= insertId;
    }
  });

  afterAll(async () => {
    await db.close();
    await test.remove();
  });

  interface Call {
    key?: string;
    body?: object;
    userId?: number | null;
    createdOrOk?: boolean;
    work?: () => Promise<unknown>;
  }

  /** One request; the answer as the interceptor leaves it. */
  async function post({ key, body = { name: 'a' }, userId = user, createdOrOk = false, work }: Call) {
    const request = {
      method: 'POST',
      url: '/api/v1/groups',
      body,
      headers: key === undefined ? {} : { 'idempotency-key': key },
      actor: userId === null ? undefined : { id: userId },
      routeOptions: { config: { createdOrOk } },
    };
    const headers: Record<string, string> = {};
    const reply = {
      statusCode: 201,
      header: (name: string, value: string) => ((headers[name] = value), reply),
      status: (status: number) => ((reply.statusCode = status), reply),
    };
    const context = {
      switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }),
    } as unknown as ExecutionContext;
    const next: CallHandler = { handle: () => defer(work ?? (() => record('made'))) };
    const data: unknown = await lastValueFrom(defer(() => interceptor.intercept(context, next)));
    return { data, status: reply.statusCode, replayed: headers['idempotency-replayed'] === 'true' };
  }

  const log = () => new BusinessLog(db, clock);
  const record = async (action: string) => {
    await db.transaction(() => log().record({ actor: null, action, objectType: 'test', objectId: null }));
    return { id: await count(action) };
  };
  const count = async (action: string) =>
    (await db.row<{ n: number }>('select count(*) as n from business_log where action = ?', [action]))!.n;
  const refused = (error: ErrorName, status: number) => expect.objectContaining({ error, status });

  describe('Idempotency-Key', () => {
    it('makes a repeat answer what was answered first, and create nothing', async () => {
      const first = await post({ key: 'k1', work: () => record('once') });
      const again = await post({ key: 'k1', work: () => record('once') });
      expect(first).toEqual({ data: { id: 1 }, status: 201, replayed: false });
      expect(again).toEqual({ data: { id: 1 }, status: 201, replayed: true });
      expect(await count('once')).toBe(1);
    });

    it('of parallel requests lets one create', async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => post({ key: 'k2', work: () => record('parallel') })),
      );
      expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ id: 1 })));
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(await count('parallel')).toBe(1);
    });

    it('is refused for another request', async () => {
      await post({ key: 'k3' });
      await expect(post({ key: 'k3', body: { name: 'b' } })).rejects.toEqual(
        refused('IDEMPOTENCY_KEY_REUSED', 422),
      );
    });

    it('belongs to a user', async () => {
      await post({ key: 'k4', work: () => record('each') });
      expect(await post({ key: 'k4', userId: user + 1, work: () => record('each') })).toMatchObject({
        replayed: false,
      });
      expect(await count('each')).toBe(2);
    });

    it('keeps no failure: what failed is undone and may be tried again', async () => {
      const fail = async () => {
        await record('undone');
        throw new Error('no');
      };
      await expect(post({ key: 'k5', work: fail })).rejects.toThrow('no');
      expect(await count('undone')).toBe(0);
      expect(await post({ key: 'k5' })).toMatchObject({ status: 201, replayed: false });
    });

    it('keeps the status of a submission that found its work done', async () => {
      const work = async () => ({ created: false });
      await post({ key: 'k6', createdOrOk: true, work });
      expect(await post({ key: 'k6', createdOrOk: true, work })).toEqual({
        data: { created: false },
        status: 200,
        replayed: true,
      });
    });

    it('replays an empty answer as an empty answer', async () => {
      await post({ key: 'k7', work: async () => undefined });
      expect(await post({ key: 'k7', work: async () => undefined })).toMatchObject({
        data: null,
        replayed: true,
      });
    });

    it.each(['', ' ', 'a b', 'ключ', 'x'.repeat(256), 'a\0'])('is refused when it is %j', async (key) => {
      await expect(post({ key })).rejects.toMatchObject({
        error: 'BAD_PARAMETER',
        fields: { 'Idempotency-Key': ['must be 1 to 255 visible ASCII characters'] },
      });
    });

    it('is optional, and means nothing without a user', async () => {
      expect(await post({ work: () => record('free') })).toMatchObject({ replayed: false });
      expect(await post({ key: 'k8', userId: null, work: () => record('free') })).toMatchObject({
        replayed: false,
      });
      expect(await post({ key: 'k8', userId: null, work: () => record('free') })).toMatchObject({
        replayed: false,
      });
      expect(await count('free')).toBe(3);
    });

    it('is forgotten by age', async () => {
      await post({ key: 'k9' });
      clock.advance(1);
      const between = clock.now();
      await post({ key: 'k10' });
      await new IdempotencyStore(db, clock).forgetBefore(between);
      const kept = await db.rows<{ k: string }>(
        'select idempotency_key as k from idempotency_keys where idempotency_key in (?, ?)',
        ['k9', 'k10'],
      );
      expect(kept).toEqual([{ k: 'k10' }]);
    });
  });

  describe('BusinessLog', () => {
    it('writes who did what to which object, with the request', async () => {
      await runInRequest({ requestId: 'r-7', language: 'en', address: '::1' }, () =>
        db.transaction(() =>
          log().record({
            actor: { id: user },
            action: 'group.member.kick',
            objectType: 'group',
            objectId: 9,
            detail: { userId: 3, reason: '广告' },
          }),
        ),
      );
      const entry = await db.repo(BusinessLogEntry).findOneByOrFail({ action: 'group.member.kick' });
      expect(entry).toMatchObject({
        actorId: user,
        objectType: 'group',
        objectId: 9,
        detail: { userId: 3, reason: '广告' },
        requestId: 'r-7',
        createdAt: clock.now(),
      });
    });

    it('vanishes with the act it records', async () => {
      const act = db.transaction(async () => {
        await log().record({ actor: null, action: 'rolled-back', objectType: 'group', objectId: 9 });
        throw new Error('no');
      });
      await expect(act).rejects.toThrow('no');
      expect(await count('rolled-back')).toBe(0);
    });

    it('refuses to write outside of a transaction', async () => {
      const act = log().record({ actor: null, action: 'alone', objectType: 'group', objectId: 9 });
      await expect(act).rejects.toThrow(/in the transaction/);
    });
  });
});
