import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { UploadService } from '../upload/index.js';
import { PurgeRepository } from './purge.repository.js';

const BATCH = 100;

/** Ends what was taken away long ago, with its votes and pictures. */
@Injectable()
export class QuestionPurge {
  constructor(
    private readonly db: Database,
    private readonly rows: PurgeRepository,
    private readonly uploads: UploadService,
  ) {}

  /** What was taken away before an instant; one thing at a time, so that nobody waits for long. */
  async purge(before: Date): Promise<void> {
    await this.rows.deleteReplies(before);
    for (const type of ['answer', 'question'] as const) {
      for (let ids; (ids = await this.rows.listRemoved(type, before, BATCH)).length > 0;) {
        for (const id of ids) {
          await this.db.transaction(async () => {
            // It may have been restored meanwhile.
            if (await this.rows.lockRemoved(type, id, before)) await this.end(type, id);
          });
        }
      }
    }
  }

  private async end(type: 'question' | 'answer', id: number): Promise<void> {
    if (type === 'question')
      for (const answer of await this.rows.listAnswers(id)) await this.end('answer', answer);
    await this.uploads.detach(type, id);
    await this.rows.delete(type, id);
  }
}
