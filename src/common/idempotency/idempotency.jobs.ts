import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.js';
import { IdempotencyStore } from './idempotency.store.js';

@Injectable()
export class IdempotencyJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: IdempotencyStore,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'idempotency-keys',
      cron: '17 * * * *',
      run: (at) => this.store.forgetBefore(new Date(at.getTime() - 24 * 3_600_000)),
    });
  }
}
