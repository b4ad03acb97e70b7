import { SetMetadata } from '@nestjs/common';
import type { LimitName } from '../config/rate-limit.config.js';

export const RATE_LIMIT = Symbol('RATE_LIMIT');

/**
 * A limit of its own for a route, besides the ones every request counts to: per user where the caller is logged
 * in, else per address.
 */
export const RateLimit = (name: LimitName) => SetMetadata(RATE_LIMIT, name);
