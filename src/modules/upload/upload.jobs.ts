import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../common/jobs/jobs.js';
import { UploadService } from './upload.service.js';

@Injectable()
export class UploadJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly uploads: UploadService,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'unused-uploads',
      cron: '20 * * * *',
      run: (at) => this.uploads.removeUnused(at),
    });
  }
}
