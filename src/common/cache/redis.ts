import { Redis } from 'ioredis';
import type { RedisConfig } from '../config/redis.config.js';

/** A connection whose commands fail at once, rather than wait, while Redis is away; it reconnects by itself. */
export function connectRedis(config: RedisConfig & { url: string }, onError: (error: Error) => void): Redis {
  const redis = new Redis(config.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: config.connectTimeoutMs,
    commandTimeout: config.commandTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  // Without a listener every failed attempt to reconnect would be written to stderr.
  redis.on('error', onError);
  return redis;
}
