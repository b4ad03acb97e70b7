import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { PasswordHasher } from '../../src/modules/user/password-hasher.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { exampleRequest, needsToken, operations } from '../support/operations.js';
import { findProgram } from '../support/programs.js';
import { startPrivateRedis, type RedisServer } from '../support/redis.js';
import { expectStatus, type TestUser } from '../support/world.js';

describe.runIf(findProgram('redis-server'))('while Redis is away', () => {
  const PASSWORD = 'correct horse battery';
  let redis: RedisServer;
  let isUp = true;
  let t: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    redis = (await startPrivateRedis())!;
    t = await createTestApp({
      env: {
        REDIS_URL: redis.url,
        RATE_LIMIT_ENABLED: 'true',
        RATE_LIMIT_LOGIN: '5/60',
        RATE_LIMIT_LOGIN_PHONE: '3/60',
      },
    });
    user = await t.world.user();
    const hash = await t.app.get(PasswordHasher, { strict: false }).hash(PASSWORD);
    await t.app.get(Database).run('update users set password_hash = ?', [hash]);
  });
  afterAll(async () => {
    await t?.close();
    await redis?.stop();
  });
  afterEach(async () => {
    if (!isUp) await restart();
  });

  const stop = async () => {
    await redis.stop();
    isUp = false;
  };
  const restart = async () => {
    isUp = true;
    redis = (await startPrivateRedis(Number(new URL(redis.url).port)))!;
    for (let i = 0; i < 100 && (await t.app.inject('/health/ready')).statusCode !== 200; i++) await sleep(50);
  };
  const login = (phone: string, password: string, remoteAddress: string) =>
    t.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { phone, password }, remoteAddress });

  it('codes are not to be had, everything else works, and codes are when it is back', async () => {
    expectStatus(201, await t.api.post('/auth/sms-codes', { phone: '13800000001', purpose: 'register' }));
    await stop();

    const code = '123456';
    const phone = '13800000002';
    for (const [url, body] of [
      ['/auth/sms-codes', { phone, purpose: 'register' }],
      ['/auth/register', { phone, code, password: PASSWORD }],
      ['/auth/login', { phone, code }],
      ['/auth/password/reset', { phone, code, password: PASSWORD }],
    ] as const) {
      const start = performance.now();
      const answer = await t.api.post(url, body);
      expect([url, answer.status, answer.code, answer.error]).toEqual([url, 503, 15004, 'CACHE_UNAVAILABLE']);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      expect(performance.now() - start).toBeLessThan(1_500);
    }
    const ready = await t.app.inject('/health/ready');
    expect([ready.statusCode, ready.json().code]).toEqual([503, 15004]);
    expect((await t.app.inject('/health/live')).statusCode).toBe(200);

    expect((await login(user.phone, PASSWORD, '192.0.2.1')).statusCode).toBe(200);
    const group = await t.world.group(user);
    await t.world.checkIn(group.id, user);
    const { refreshToken } = user;
    expectStatus(200, await t.api.post('/auth/refresh', { refreshToken }));
    for (const operation of operations.filter((each) => needsToken(each) && each.method === 'GET')) {
      const authorization = `Bearer ${t.api.tokenOf(user)}`;
      const answer = await t.app.inject({ ...exampleRequest(operation), headers: { authorization } });
      expect(answer.statusCode, operation.path).toBeLessThan(500);
    }

    await restart();
    expectStatus(201, await t.api.post('/auth/sms-codes', { phone, purpose: 'register' }));
    expectStatus(
      201,
      await t.api.post('/auth/register', { phone, code: t.codes.get(`+86${phone}`), password: PASSWORD }),
    );
    expect((await t.app.inject('/health/ready')).statusCode).toBe(200);
  });

  it('log-ins are limited all the same, each process for itself', async () => {
    await stop();
    const statuses = [];
    for (let i = 0; i < 7; i++)
      statuses.push((await login(`1380000100${i}`, 'wrong', '192.0.2.7')).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const perPhone = [];
    for (let i = 0; i < 5; i++)
      perPhone.push((await login('13800002000', 'wrong', `192.0.2.${100 + i}`)).statusCode);
    expect(perPhone).toEqual([401, 401, 401, 429, 429]);
    await restart();
  });

  it('who signs out is out, now and when it is back', async () => {
    const session = { ...user, ...(await t.world.signIn(user)) };
    const bearer = { authorization: `Bearer ${session.accessToken}` };
    const me = () => t.app.inject({ url: '/api/v1/me', headers: bearer });
    expect((await me()).statusCode).toBe(200);
    await stop();
    expect(
      (await t.app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers: bearer })).statusCode,
    ).toBe(200);
    expect((await me()).statusCode).toBe(401);
    await restart();
    expect((await me()).statusCode).toBe(401);
    expectStatus(200, await t.api.as(user).get('/me'));
  });
});
