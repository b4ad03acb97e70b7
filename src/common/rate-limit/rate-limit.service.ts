import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { REDIS } from '../cache/redis.js';
import { AppConfig } from '../config/app-config.js';
import type { LimitName } from '../config/rate-limit.config.js';
import { appError } from '../errors/app-error.js';
import { LocalLimiter, type Usage } from './local-limiter.js';

/** Where a caller stands with a limit, as the `RateLimit-*` headers tell it. */
export interface Allowance {
  limit: number;
  remaining: number;
  /** Whole seconds until the count starts again. */
  resetSeconds: number;
  allowed: boolean;
}

/**
 * Counts calls per limit and key: in memory, or in Redis where there is one. While Redis is away each process
 * counts for itself, so that no limit is ever open.
 */
@Injectable()
export class RateLimitService {
  private readonly limiters = new Map<LimitName, LocalLimiter | RateLimiterRedis>();

  constructor(config: AppConfig, @Inject(REDIS) redis: Redis | undefined) {
    if (!config.rateLimit.enabled) return;
    for (const [name, { points, seconds }] of Object.entries(config.rateLimit.limits)) {
      const limiter = redis ? sharedLimiter(name, points, seconds, redis) : new LocalLimiter(points, seconds);
      this.limiters.set(name as LimitName, limiter);
    }
  }

  /** Counts one call, at once where it is counted in this process; undefined when limits are switched off. */
  count(name: LimitName, key: string | number): Allowance | undefined | Promise<Allowance> {
    const limiter = this.limiters.get(name);
    if (!limiter) return undefined;
    if (limiter instanceof LocalLimiter) return allowanceOf(limiter.points, limiter.consume(key));
    return limiter
      .consume(key)
      .catch((refusal: unknown) => {
        if (refusal instanceof Error) throw refusal;
        return refusal as Usage;
      })
      .then((usage) => allowanceOf(limiter.points, usage));
  }

  /**
   * Counts one call.
   * @throws RATE_LIMITED beyond the limit
   */
  async consume(name: LimitName, key: string | number): Promise<void> {
    const allowance = await this.count(name, key);
    if (allowance && !allowance.allowed) throw rateLimited(allowance);
  }

  /**
   * Looks without counting, for limits that only count failures.
   * @throws RATE_LIMITED when the limit is used up
   */
  async check(name: LimitName, key: string | number): Promise<void> {
    const limiter = this.limiters.get(name);
    const state = await limiter?.get(key);
    if (limiter && state && state.consumedPoints >= limiter.points) {
      throw rateLimited({ resetSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)) });
    }
  }

  /** Forgets what was counted for the key. */
  async reset(name: LimitName, key: string | number): Promise<void> {
    await this.limiters.get(name)?.delete(key);
  }
}

function sharedLimiter(name: string, points: number, duration: number, redis: Redis): RateLimiterRedis {
  return new RateLimiterRedis({
    points,
    duration,
    keyPrefix: `higroup:limit:${name}`,
    storeClient: redis,
    insuranceLimiter: new RateLimiterMemory({ points, duration, keyPrefix: `limit:${name}` }),
    rejectIfRedisNotReady: true,
  });
}

function allowanceOf(limit: number, { consumedPoints, msBeforeNext }: Usage): Allowance {
  return {
    limit,
    remaining: Math.max(0, limit - consumedPoints),
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    allowed: consumedPoints <= limit,
  };
}

export function rateLimited({ resetSeconds }: Pick<Allowance, 'resetSeconds'>) {
  return appError('RATE_LIMITED', { retryAfterSeconds: resetSeconds });
}
