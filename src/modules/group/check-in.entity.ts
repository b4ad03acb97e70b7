import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';
import type { ImageRef } from '../upload/index.js';
import { GROUP_LIMITS } from './group.limits.js';

export type CheckInKind = 'normal' | 'makeup';
export type CheckInState = 'valid' | 'withdrawn';

@Entity('check_ins')
@Index('uq_check_ins_group_user_day', ['groupId', 'userId', 'day'], { unique: true })
@Index('ix_check_ins_day', ['groupId', 'day', 'checkedAt', 'id'])
@Index('ix_check_ins_feed', ['groupId', 'checkedAt', 'id'])
export class CheckIn {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @RefColumn() userId: number;
  /** The group's calendar day it counts for; a make-up's lies before the day of `checkedAt`. */
  @DayColumn() day: string;
  @TextColumn(8) kind: CheckInKind;
  @TextColumn(12) state: CheckInState;
  /** A normal check-in's note, a make-up's reason. */
  @TextColumn(GROUP_LIMITS.note) note: string;
  @InstantColumn() checkedAt: Date;
  /** The group's day on which it was made: until it ends the author may take it back. */
  @DayColumn() madeOn: string;
  @JsonColumn({ nullable: true }) images: ImageRef[] | null;
  @CountColumn() likeCount: number;
  /** Visible comments and replies. */
  @CountColumn() commentCount: number;
}
