import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../common/jobs/jobs.js';
import { SessionRepository } from './session.repository.js';

/** Days that a session is remembered after its end. */
const KEPT_DAYS = 30;

@Injectable()
export class UserJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly sessions: SessionRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'ended-sessions',
      cron: '30 19 * * *',
      run: (at) => this.sessions.removeEndedBefore(new Date(at.getTime() - KEPT_DAYS * 86_400_000)),
    });
  }
}
