import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../common/jobs/jobs.js';
import { MessageRepository } from './message.repository.js';

/** Read messages are kept for so long; unread ones until they are read. */
const KEPT_MS = 180 * 86_400_000;
/** At a time, so that no transaction is long. */
const BATCH = 1_000;

@Injectable()
export class MessageJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly messages: MessageRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: 'old-messages', cron: '0 20 * * *', run: (now) => this.deleteOld(now) });
  }

  private async deleteOld(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_MS);
    while ((await this.messages.deleteReadBefore(before, BATCH)) === BATCH);
  }
}
