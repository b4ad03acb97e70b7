import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../time/clock.js';
import { Cache } from './cache.js';
import { MemoryCache } from './memory-cache.js';
import { connectRedis, REDIS } from './redis.js';
import { RedisCache } from './redis-cache.js';

@Global()
@Module({
  providers: [
    { provide: REDIS, inject: [AppConfig], useFactory: (config: AppConfig) => connectRedis(config.redis) },
    {
      provide: Cache,
      inject: [REDIS, Clock],
      useFactory: (redis: Redis | undefined, clock: Clock) =>
        redis ? new RedisCache(redis) : new MemoryCache(clock),
    },
  ],
  exports: [REDIS, Cache],
})
export class CacheModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis | undefined) {}

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}
