import { Global, Module } from '@nestjs/common';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyJobs } from './idempotency.jobs.js';
import { IdempotencyStore } from './idempotency.store.js';

@Global()
@Module({
  providers: [IdempotencyInterceptor, IdempotencyStore, IdempotencyJobs],
  exports: [IdempotencyInterceptor, IdempotencyStore],
})
export class IdempotencyModule {}
