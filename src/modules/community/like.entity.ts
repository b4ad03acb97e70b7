import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../common/database/columns.js';

export const LIKE_TARGETS = ['post', 'comment', 'checkIn'] as const;
export type LikeTarget = (typeof LIKE_TARGETS)[number];

@Entity('likes')
@Index('uq_likes_target_user', ['targetType', 'targetId', 'userId'], { unique: true })
@Index('ix_likes_target', ['targetType', 'targetId', 'id'])
export class Like {
  @IdColumn() id: number;
  @TextColumn(8) targetType: LikeTarget;
  @RefColumn() targetId: number;
  @RefColumn() userId: number;
  @InstantColumn() createdAt: Date;
}
