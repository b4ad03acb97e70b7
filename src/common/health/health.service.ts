import { Injectable } from '@nestjs/common';
import { Cache } from '../cache/cache.js';
import { Database } from '../database/database.js';
import { appError } from '../errors/app-error.js';
import { Lifecycle } from '../shutdown/lifecycle.js';
import type { HealthDto } from './dto/health.dto.js';

const PING_TIMEOUT_MS = 2_000;

@Injectable()
export class HealthService {
  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly database: Database,
    private readonly cache: Cache,
  ) {}

  live(): HealthDto {
    return { status: 'up' };
  }

  async ready(): Promise<HealthDto> {
    if (!this.lifecycle.ready) throw appError('SHUTTING_DOWN');
    await Promise.all([
      reach(this.database.ping(), 'DATABASE_UNAVAILABLE'),
      reach(this.cache.ping(), 'CACHE_UNAVAILABLE'),
    ]);
    return { status: 'up' };
  }
}

/** A probe has to be answered soon, also when what it asks about does not answer at all. */
async function reach(
  ping: Promise<void>,
  otherwise: 'DATABASE_UNAVAILABLE' | 'CACHE_UNAVAILABLE',
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PING_TIMEOUT_MS} ms`)), PING_TIMEOUT_MS);
  });
  try {
    await Promise.race([ping, late]);
  } catch (cause) {
    throw appError(otherwise, { cause });
  } finally {
    clearTimeout(timer);
  }
}
