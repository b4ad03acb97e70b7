import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, RefColumn, TextColumn } from '../../common/database/columns.js';

export const VOTE_TARGETS = ['question', 'answer'] as const;
export type VoteTarget = (typeof VOTE_TARGETS)[number];

/** No row: no vote. */
@Entity('votes')
@Index('uq_votes_target_user', ['targetType', 'targetId', 'userId'], { unique: true })
export class Vote {
  @IdColumn() id: number;
  @TextColumn(8) targetType: VoteTarget;
  @RefColumn() targetId: number;
  @RefColumn() userId: number;
  @IntColumn() value: 1 | -1;
  @InstantColumn() createdAt: Date;
}
