import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../common/jobs/jobs.js';
import { ReminderService } from './reminder.service.js';

@Injectable()
export class GroupJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly reminders: ReminderService,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'reminders',
      cron: '*/10 * * * *',
      run: (now) => this.reminders.remindAll(now),
    });
  }
}
