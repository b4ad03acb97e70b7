import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { UploadService } from '../upload/index.js';
import { PurgeRepository } from './purge.repository.js';

const BATCH = 100;

@Injectable()
export class PurgeService {
  constructor(
    private readonly db: Database,
    private readonly rows: PurgeRepository,
    private readonly uploads: UploadService,
  ) {}

  /** Deletes for good what was taken away before an instant; each post and comment in a transaction of its own. */
  async purge(before: Date): Promise<void> {
    const posts = (after: number) => this.rows.listPosts(before, after, BATCH);
    for await (const id of idsOf(posts)) await this.purgePost(id, before);
    const comments = (after: number) => this.rows.listComments(before, after, BATCH);
    for await (const id of idsOf(comments))
      await this.db.transaction(() => this.rows.deleteComment(id, before));
  }

  private async purgePost(id: number, before: Date): Promise<void> {
    await this.db.transaction(async () => {
      if (await this.rows.deletePost(id, before)) await this.uploads.detach('post', id);
    });
  }
}

async function* idsOf(list: (afterId: number) => Promise<{ id: number }[]>): AsyncGenerator<number> {
  for (let batch = await list(0); batch.length > 0; batch = await list(batch.at(-1)!.id))
    for (const { id } of batch) yield id;
}
