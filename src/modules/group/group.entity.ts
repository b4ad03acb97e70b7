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

export const JOIN_POLICIES = ['open', 'approval', 'invite', 'closed'] as const;
export type JoinPolicy = (typeof JOIN_POLICIES)[number];
export const VISIBILITIES = ['public', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** `groups` is a reserved word in MySQL 8, hence the table's name. */
@Entity('group_info')
@Index('ix_group_info_new', ['visibility', 'dissolvedAt', 'id'])
@Index('ix_group_info_category_new', ['categoryId', 'visibility', 'dissolvedAt', 'id'])
@Index('ix_group_info_hot', ['visibility', 'dissolvedAt', 'hotScore', 'id'])
@Index('ix_group_info_members', ['visibility', 'dissolvedAt', 'memberCount', 'id'])
@Index('ix_group_info_category_hot', ['categoryId', 'visibility', 'dissolvedAt', 'hotScore', 'id'])
@Index('ix_group_info_category_members', ['categoryId', 'visibility', 'dissolvedAt', 'memberCount', 'id'])
@Index('ix_group_info_owner', ['ownerId'])
@Index('ix_group_info_reminder', ['reminderHour'])
export class Group {
  @IdColumn() id: number;
  @TextColumn(GROUP_LIMITS.name) name: string;
  @TextColumn(GROUP_LIMITS.nameKey) nameKey: string;
  @TextColumn(GROUP_LIMITS.description) description: string;
  @TextColumn(GROUP_LIMITS.notice) notice: string;
  @RefColumn() categoryId: number;
  @TextColumn(16) joinPolicy: JoinPolicy;
  @TextColumn(16) visibility: Visibility;
  @IntColumn() maxMembers: number;
  @CountColumn() memberCount: number;
  /** Grows by 1000 for a day and for each doubling of the week's check-ins; see `hotScoreOf`. */
  @IntColumn({ default: 0 }) hotScore: number;
  /** The day for which streaks that had lapsed were last set to zero; see `LeaderboardService`. */
  @DayColumn({ nullable: true }) streaksSettledOn: string | null;
  @RefColumn() ownerId: number;
  /** Name of an upload; null: none. */
  @TextColumn(40, { nullable: true }) cover: string | null;
  /** Visible posts. */
  @CountColumn() postCount: number;
  /** Whether a check-in with a note becomes a post as well. */
  @FlagColumn({ default: false }) checkInPosts: boolean;
  /** Whether check-ins can be commented. */
  @FlagColumn({ default: true }) checkInComments: boolean;
  /** Hour of the group's day, 0-23 by its clock, at which pending members are reminded; null: never. */
  @IntColumn({ nullable: true }) reminderHour: number | null;
  /** The day for which reminders were last sent. */
  @DayColumn({ nullable: true }) remindedOn: string | null;
  @InstantColumn() createdAt: Date;
  @InstantColumn() updatedAt: Date;
  @InstantColumn({ nullable: true }) dissolvedAt: Date | null;
}
