import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../common/database/columns.js';
import { GROUP_LIMITS } from './group.limits.js';

export const APPLICATION_STATES = ['pending', 'approved', 'refused', 'withdrawn'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

@Entity('group_applications')
@Index('uq_group_applications_pending', ['pendingKey'], { unique: true })
@Index('ix_group_applications_group', ['groupId', 'state', 'id'])
@Index('ix_group_applications_user', ['userId', 'groupId', 'id'])
export class Application {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @RefColumn() userId: number;
  @TextColumn(GROUP_LIMITS.reason) reason: string;
  @TextColumn(16) state: ApplicationState;
  /** `groupId:userId` while pending, else null: the unique index lets one application wait at a time. */
  @TextColumn(40, { nullable: true }) pendingKey: string | null;
  @TextColumn(GROUP_LIMITS.reason, { nullable: true }) message: string | null;
  @RefColumn({ nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: Date | null;
  @InstantColumn() createdAt: Date;
}
