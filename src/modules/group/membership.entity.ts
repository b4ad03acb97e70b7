import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  DayColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';
import { GROUP_LIMITS } from './group.limits.js';

export const GROUP_ROLES = ['owner', 'admin', 'member'] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

/**
 * A person in a group, kept after leaving (`active` false). The columns from `streakUnit` on are a cache
 * of the check-ins, rebuilt by `rebuild()` in `rules/`; `version` guards it against concurrent writers.
 * Each board has an index in exactly its order, so that a page of it is a range of that index.
 */
@Entity('memberships')
@Index('uq_memberships_group_user', ['groupId', 'userId'], { unique: true })
@Index('ix_memberships_user', ['userId', 'active', 'groupId'])
@Index('ix_memberships_user_list', ['userId', 'active', 'id'])
@Index('ix_memberships_list', ['groupId', 'active', 'id'])
@Index('ix_memberships_streak', ['groupId', 'active', 'streakLength', 'makeUps', 'lastCheckedAt', 'userId'])
@Index('ix_memberships_streak_to', ['groupId', 'active', 'streakTo'])
@Index('ix_memberships_longest_days', [
  'groupId',
  'active',
  'longestDays',
  'makeUps',
  'lastCheckedAt',
  'userId',
])
@Index('ix_memberships_longest_weeks', [
  'groupId',
  'active',
  'longestWeeks',
  'makeUps',
  'lastCheckedAt',
  'userId',
])
@Index('ix_memberships_total', ['groupId', 'active', 'total', 'makeUps', 'lastCheckedAt', 'userId'])
@Index('ix_memberships_week', [
  'groupId',
  'active',
  'weekOf',
  'weekCount',
  'makeUps',
  'lastCheckedAt',
  'userId',
])
@Index('ix_memberships_month', [
  'groupId',
  'active',
  'monthOf',
  'monthCount',
  'makeUps',
  'lastCheckedAt',
  'userId',
])
export class Membership {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @RefColumn() userId: number;
  @TextColumn(8) role: GroupRole;
  @FlagColumn() active: boolean;
  @InstantColumn() joinedAt: Date;
  @InstantColumn({ nullable: true }) leftAt: Date | null;
  /** First day of the present unbroken membership; leaving and returning on one day does not move it. */
  @DayColumn() stretchFrom: string;
  @InstantColumn({ nullable: true }) mutedUntil: Date | null;
  @TextColumn(GROUP_LIMITS.reason, { nullable: true }) muteReason: string | null;

  @TextColumn(4, { default: 'day' }) streakUnit: 'day' | 'week';
  @CountColumn() streakLength: number;
  @DayColumn({ nullable: true }) streakFrom: string | null;
  @DayColumn({ nullable: true }) streakTo: string | null;
  @CountColumn() longestDays: number;
  @CountColumn() longestWeeks: number;
  @CountColumn() total: number;
  @CountColumn() makeUps: number;
  @DayColumn({ nullable: true }) weekOf: string | null;
  @CountColumn() weekCount: number;
  @CountColumn() stretchWeekCount: number;
  @TextColumn(7, { nullable: true }) monthOf: string | null;
  @CountColumn() monthCount: number;
  @DayColumn({ nullable: true }) lastDay: string | null;
  @InstantColumn({ nullable: true }) lastCheckedAt: Date | null;
  @IntColumn({ default: 0 }) version: number;
}
