import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  type RateLimiterRes,
} from 'rate-limiter-flexible';
import { REDIS } from '../cache/redis.js';
import { AppConfig } from '../config/app-config.js';
import type { LimitName } from '../config/rate-limit.config.js';
import { appError } from '../errors/app-error.js';

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
  private readonly limiters = new Map<LimitName, RateLimiterAbstract>();

  constructor(config: AppConfig, @Inject(REDIS) redis: Redis | undefined) {
    if (!config.rateLimit.enabled) return;
    for (const [name, rate] of Object.entries(config.rateLimit.limits)) {
      const options = { keyPrefix: `limit:${name}`, points: rate.points, duration: rate.seconds };
      const local = new RateLimiterMemory(options);
      this.limiters.set(
        name as LimitName,
        redis
          ? new RateLimiterRedis({
              ...options,
              keyPrefix: `higroup:${options.keyPrefix}`,
              storeClient: redis,
              insuranceLimiter: local,
              rejectIfRedisNotReady: true,
            })
          : local,
      );
    }
  }

  /** Counts one call; undefined when limits are switched off. */
  async count(name: LimitName, key: string | number): Promise<Allowance | undefined> {
    const limiter = this.limiters.get(name);
    if (!limiter) return undefined;
    let allowed = true;
    const state = await limiter.consume(key).catch((refusal: unknown) => {
      if (refusal instanceof Error) throw refusal;
      allowed = false;
      return refusal as RateLimiterRes;
    });
    return {
      limit: limiter.points,
      remaining: state.remainingPoints,
      resetSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
      allowed,
    };
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

export function rateLimited({ resetSeconds }: Pick<Allowance, 'resetSeconds'>) {
  return appError('RATE_LIMITED', { retryAfterSeconds: resetSeconds });
}
