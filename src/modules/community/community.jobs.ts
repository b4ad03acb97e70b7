import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KEPT_DAYS } from '../../common/content/content.limits.js';
import { Jobs } from '../../common/jobs/jobs.js';
import { PurgeService } from './purge.service.js';

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
