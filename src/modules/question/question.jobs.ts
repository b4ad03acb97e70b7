import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KEPT_DAYS } from '../../common/content/content.limits.js';
import { Jobs } from '../../common/jobs/jobs.js';
import { QuestionPurge } from './question-purge.js';

@Injectable()
export class QuestionJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly purge: QuestionPurge,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'purge-questions',
      cron: '50 19 * * *',
      run: (at) => this.purge.purge(new Date(at.getTime() - KEPT_DAYS * 86_400_000)),
    });
  }
}
