import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RedisConfig } from '../config/redis.config.js';

/** Injection token of the connection; its value is undefined where there is no `REDIS_URL`. */
export const REDIS = Symbol('REDIS');

/**
 * A connection whose commands fail at once, rather than wait, while Redis is away; it reconnects by itself.
 * Resolves when connected, or as soon as the first attempt has failed.
 */
export async function connectRedis({
  url,
  connectTimeoutMs,
  commandTimeoutMs,
}: RedisConfig): Promise<Redis | undefined> {
  if (!url) return undefined;
  const logger = new Logger('Redis');
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  // Told once per outage: a failed attempt every two seconds says nothing new.
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.error('Redis cannot be reached', error);
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.log('Redis is back');
    away = false;
  });
  await redis.connect().catch(() => undefined);
  return redis;
}
