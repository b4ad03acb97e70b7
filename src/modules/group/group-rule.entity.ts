import { Entity, Index } from 'typeorm';
import {
  DayColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';

/** One version of a group's check-in rule; past days keep the version that held on them. */
@Entity('group_rules')
@Index('uq_group_rules_group_day', ['groupId', 'effectiveFrom'], { unique: true })
export class GroupRule {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @DayColumn() effectiveFrom: string;
  @TextColumn(64) timeZone: string;
  @IntColumn() dayStartHour: number;
  @TextColumn(16) schedule: 'daily' | 'weekdays' | 'perWeek';
  /** ISO weekdays as digits, Monday first: `12345`. Empty unless the schedule is `weekdays`. */
  @TextColumn(7, { default: '' }) weekdays: string;
  /** 1-7 when the schedule is `perWeek`, else 0. */
  @IntColumn({ default: 0 }) timesPerWeek: number;
  @FlagColumn({ default: true }) makeUpAllowed: boolean;
  @IntColumn() makeUpWindowDays: number;
  @IntColumn() makeUpMonthlyLimit: number;
  @IntColumn() makeUpMinReasonLength: number;
  @IntColumn({ default: 0 }) minNoteLength: number;
  @FlagColumn({ default: false }) imageRequired: boolean;
  @InstantColumn() createdAt: Date;
}
