import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { deleteInBatches } from '../../common/database/delete-in-batches.js';
import type { VoteTarget } from './vote.entity.js';

const TABLE = { question: 'questions', answer: 'answers' } as const;

/** Deletes for good; what hangs below a row goes with it by the foreign keys, votes excepted. */
@Injectable()
export class PurgeRepository {
  constructor(private readonly db: Database) {}

  /** What was taken away before an instant, the first of it. */
  async listRemoved(type: VoteTarget, before: Date, limit: number): Promise<number[]> {
    const sql = `select id from ${TABLE[type]} where removed_at < ? order by removed_at limit ${limit}`;
    return (await this.db.rows<{ id: number }>(sql, [before])).map(({ id }) => id);
  }

  /** Whether it still is one of those; it then stays as it is until the transaction is over. */
  async lockRemoved(type: VoteTarget, id: number, before: Date): Promise<boolean> {
    const sql = `select id from ${TABLE[type]} where id = ? and removed_at < ?${this.db.dialect.forUpdate}`;
    return (await this.db.row(sql, [id, before])) !== undefined;
  }

  async listAnswers(questionId: number): Promise<number[]> {
    const rows = await this.db.rows<{ id: number }>('select id from answers where question_id = ?', [
      questionId,
    ]);
    return rows.map(({ id }) => id);
  }

  async delete(type: VoteTarget, id: number): Promise<void> {
    await this.db.run('delete from votes where target_type = ? and target_id = ?', [type, id]);
    await this.db.run(`delete from ${TABLE[type]} where id = ?`, [id]);
  }

  async deleteReplies(before: Date): Promise<void> {
    await deleteInBatches(this.db, 'answer_replies', 'removed_at < ?', [before]);
  }
}
