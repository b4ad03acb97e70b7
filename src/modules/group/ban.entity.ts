import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../common/database/columns.js';
import { GROUP_LIMITS } from './group.limits.js';

@Entity('group_bans')
@Index('uq_group_bans_group_user', ['groupId', 'userId'], { unique: true })
export class Ban {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @RefColumn() userId: number;
  @TextColumn(GROUP_LIMITS.reason, { nullable: true }) reason: string | null;
  /** Null means for good. */
  @InstantColumn({ nullable: true }) bannedUntil: Date | null;
  @RefColumn() bannedBy: number;
  @InstantColumn() createdAt: Date;
}
