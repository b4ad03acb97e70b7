import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../common/jobs/jobs.js';
import { PurgeService } from './purge.service.js';

/** For so many days what was taken away can be brought back, and moderators' decisions be looked into. */
const KEPT_DAYS = 30;

@Injectable()
export class CommunityJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly purges: PurgeService,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'purge-posts',
      cron: '0 20 * * *',
      run: (at) => this.purges.purge(new Date(at.getTime() - KEPT_DAYS * 86_400_000)),
    });
  }
}
