import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LimitName } from '../config/rate-limit.config.js';
import { addressKey } from './address-key.js';
import { RATE_LIMIT } from './rate-limit.decorator.js';
import { type Allowance, rateLimited, RateLimitService } from './rate-limit.service.js';

/** Counts every request of a user and the calls of routes with `@RateLimit`; runs after the guard that knows the user. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limits: RateLimitService,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const { actorId, address } = http.getRequest<FastifyRequest>().context;
    const reply = http.getResponse<FastifyReply>();
    const byRoute = () => {
      const name = this.reflector.get<LimitName | undefined>(RATE_LIMIT, context.getHandler());
      return name ? within(this.limits.count(name, actorId ?? addressKey(address)), reply, () => true) : true;
    };
    return actorId === undefined ? byRoute() : within(this.limits.count('user', actorId), reply, byRoute);
  }
}

/**
 * Goes on with `next` when the call is within the limit: at once, unless the count has to be waited for.
 * @throws RATE_LIMITED beyond the limit
 */
export function within<T>(
  counted: Allowance | undefined | Promise<Allowance>,
  reply: FastifyReply,
  next: () => T | Promise<T>,
): T | Promise<T> {
  if (counted instanceof Promise) {
    return counted.then((allowance) => {
      enforce(allowance, reply);
      return next();
    });
  }
  enforce(counted, reply);
  return next();
}

/**
 * Tells the caller where he stands.
 * @throws RATE_LIMITED beyond the limit
 */
function enforce(allowance: Allowance | undefined, reply: FastifyReply): void {
  if (!allowance) return;
  reply.header('ratelimit-limit', allowance.limit);
  reply.header('ratelimit-remaining', allowance.remaining);
  reply.header('ratelimit-reset', allowance.resetSeconds);
  if (!allowance.allowed) throw rateLimited(allowance);
}
