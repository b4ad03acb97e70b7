import type { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { startPrivateRedis } from '../../../test/support/redis.js';
import { connectRedis } from '../cache/redis.js';
import type { AppConfig } from '../config/app-config.js';
import { loadConfig } from '../config/load-config.js';
import { RateLimitService } from './rate-limit.service.js';

function configured(env: NodeJS.ProcessEnv = {}): AppConfig {
  return loadConfig({ NODE_ENV: 'test', TOKEN_SECRET: 's'.repeat(32), RATE_LIMIT_LOGIN: '3/60', ...env });
}

const serve = (redis?: Redis, env?: NodeJS.ProcessEnv) => new RateLimitService(configured(env), redis);

async function allowedOf(calls: number, limits: RateLimitService, key: string): Promise<number> {
  const allowances = await Promise.all(Array.from({ length: calls }, async () => limits.count('login', key)));
  return allowances.filter((allowance) => allowance?.allowed).length;
}

describe('RateLimitService in memory', () => {
  it('allows as many calls as the limit says, per key', async () => {
    const limits = serve();
    expect(await allowedOf(10, limits, 'a')).toBe(3);
    expect(await allowedOf(2, limits, 'b')).toBe(2);
  });

  it('says how much is left and when it starts again', async () => {
    const limits = serve();
    expect(await limits.count('login', 'a')).toEqual({
      limit: 3,
      remaining: 2,
      resetSeconds: 60,
      allowed: true,
    });
    await allowedOf(3, limits, 'a');
    expect(await limits.count('login', 'a')).toMatchObject({ remaining: 0, allowed: false });
  });

  it('starts again after its time', async () => {
    const limits = serve(undefined, { RATE_LIMIT_LOGIN: '1/1' });
    await limits.consume('login', 'a');
    await expect(limits.consume('login', 'a')).rejects.toMatchObject({
      error: 'RATE_LIMITED',
      retryAfterSeconds: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await expect(limits.consume('login', 'a')).resolves.toBeUndefined();
  });

  it('looks without counting, and forgets', async () => {
    const limits = serve();
    for (let i = 0; i < 5; i++) await limits.check('login', 'a');
    await allowedOf(3, limits, 'a');
    await expect(limits.check('login', 'a')).rejects.toMatchObject({ error: 'RATE_LIMITED' });
    await limits.reset('login', 'a');
    await expect(limits.check('login', 'a')).resolves.toBeUndefined();
    expect(await limits.count('login', 'a')).toMatchObject({ remaining: 2 });
  });

  it('counts nothing when switched off', async () => {
    const limits = serve(undefined, { RATE_LIMIT_ENABLED: 'false' });
    expect(await limits.count('login', 'a')).toBeUndefined();
    for (let i = 0; i < 10; i++) await limits.consume('login', 'a');
  });
});

const server = await startPrivateRedis();

describe.skipIf(!server)('RateLimitService with Redis', () => {
  const connections: Redis[] = [];
  const connected = async () => {
    const redis = (await connectRedis({ url: server!.url, connectTimeoutMs: 500, commandTimeoutMs: 500 }))!;
    connections.push(redis);
    return redis;
  };
  afterAll(() => connections.forEach((redis) => redis.disconnect()));

  it('counts for all processes together', async () => {
    const [one, other] = [serve(await connected()), serve(await connected())];
    const allowed = await Promise.all([allowedOf(10, one, 'a'), allowedOf(10, other, 'a')]);
    expect(allowed[0] + allowed[1]).toBe(3);
    await one.reset('login', 'a');
    expect(await other.count('login', 'a')).toMatchObject({ remaining: 2, allowed: true });
  });

  it('goes on counting in each process when Redis dies: no limit is ever open', async () => {
    const limits = serve(await connected());
    expect(await allowedOf(2, limits, 'c')).toBe(2);
    await server!.stop();
    expect(await allowedOf(10, limits, 'c')).toBe(3);
    await expect(limits.check('login', 'c')).rejects.toMatchObject({ error: 'RATE_LIMITED' });
    await limits.reset('login', 'c');
    expect(await limits.count('login', 'c')).toMatchObject({ allowed: true, remaining: 2 });
  });
});
