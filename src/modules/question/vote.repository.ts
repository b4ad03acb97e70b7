import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import type { VoteTarget } from './vote.entity.js';

export type VoteValue = 1 | 0 | -1;

const WHERE = 'where target_type = ? and target_id = ? and user_id = ?';

/** Lock what is voted for first. */
@Injectable()
export class VoteRepository {
  constructor(private readonly db: Database) {}

  async find(type: VoteTarget, targetId: number, userId: number): Promise<VoteValue> {
    const row = await this.db.row<{ value: VoteValue }>(`select value from votes ${WHERE}`, [
      type,
      targetId,
      userId,
    ]);
    return row?.value ?? 0;
  }

  async replace(
    type: VoteTarget,
    targetId: number,
    userId: number,
    [before, value]: readonly [VoteValue, VoteValue],
    createdAt: Date,
  ): Promise<void> {
    const key = [type, targetId, userId];
    if (value === 0) await this.db.run(`delete from votes ${WHERE}`, key);
    else if (before !== 0) await this.db.run(`update votes set value = ? ${WHERE}`, [value, ...key]);
    else
      await this.db.run(
        'insert into votes (target_type, target_id, user_id, value, created_at) values (?, ?, ?, ?, ?)',
        [...key, value, createdAt],
      );
  }
}
