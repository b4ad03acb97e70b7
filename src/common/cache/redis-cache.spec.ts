import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrivateRedis, startRedis } from '../../../test/support/redis.js';
import { connectRedis } from './redis.js';
import { RedisCache } from './redis-cache.js';

const config = (url: string) => ({ url, connectTimeoutMs: 500, commandTimeoutMs: 500 });
const server = await startRedis();

describe.skipIf(!server)('RedisCache', () => {
  let redis: Redis;
  let cache: RedisCache;

  beforeAll(async () => {
    redis = (await connectRedis(config(server!.url)))!;
    cache = new RedisCache(redis, `test:${Date.now()}:`);
  });
  afterAll(async () => {
    redis.disconnect();
    await server!.stop();
  });

  it('keeps, replaces and forgets', async () => {
    expect(await cache.get('a')).toBeNull();
    await cache.set('a', '1', 10);
    await cache.set('a', '2', 10);
    expect(await cache.get('a')).toBe('2');
    expect(await cache.delete('a')).toBe(true);
    expect(await cache.delete('a')).toBe(false);
    expect(await cache.get('a')).toBeNull();
  });

  it('forgets by itself', async () => {
    await cache.set('short', '1', 1);
    await expect.poll(() => cache.get('short'), { timeout: 3_000 }).toBeNull();
  });

  it('lets exactly one of many add, and one delete', async () => {
    const added = await Promise.all(Array.from({ length: 50 }, (_, i) => cache.add('once', String(i), 10)));
    expect(added.filter(Boolean)).toHaveLength(1);
    const deleted = await Promise.all(Array.from({ length: 50 }, () => cache.delete('once')));
    expect(deleted.filter(Boolean)).toHaveLength(1);
  });

  it('counts without losing one, within a time that starts with the first', async () => {
    const counts = await Promise.all(Array.from({ length: 50 }, () => cache.increment('n', 100)));
    expect(Math.max(...counts)).toBe(50);
    expect(new Set(counts).size).toBe(50);
    const [key] = await redis.keys('test:*:n');
    expect(await redis.ttl(key!)).toBeGreaterThan(90);
    await redis.expire(key!, 50);
    await cache.increment('n', 100);
    expect(await redis.ttl(key!)).toBeLessThanOrEqual(50);
  });
});

describe('RedisCache without its Redis', () => {
  it('says at once that the cache is unavailable, from the start', async () => {
    const redis = (await connectRedis(config('redis://127.0.0.1:1')))!;
    const cache = new RedisCache(redis);
    const started = performance.now();
    for (const call of [
      cache.get('a'),
      cache.set('a', '1', 1),
      cache.add('a', '1', 1),
      cache.delete('a'),
      cache.increment('a', 1),
      cache.ping(),
    ]) {
      await expect(call).rejects.toMatchObject({ error: 'CACHE_UNAVAILABLE', status: 503 });
    }
    expect(performance.now() - started).toBeLessThan(500);
    redis.disconnect();
  });

  it.skipIf(!server)('says so when Redis dies, and works again when it is back', async () => {
    const mortal = (await startPrivateRedis())!;
    const redis = (await connectRedis(config(mortal.url)))!;
    const cache = new RedisCache(redis);
    await cache.set('a', '1', 100);
    await mortal.stop();
    await expect(cache.get('a')).rejects.toMatchObject({ error: 'CACHE_UNAVAILABLE' });

    const reborn = (await startPrivateRedis(Number(new URL(mortal.url).port)))!;
    await expect.poll(() => cache.get('a').catch(() => 'away'), { timeout: 10_000 }).toBeNull();
    await cache.set('a', '2', 100);
    expect(await cache.get('a')).toBe('2');
    redis.disconnect();
    await reborn.stop();
  });
});
