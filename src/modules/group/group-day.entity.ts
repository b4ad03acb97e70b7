import { Entity, Index } from 'typeorm';
import { CountColumn, DayColumn, IdColumn, IntColumn, RefColumn } from '../../common/database/columns.js';

/**
 * What a group's calendar needs of a day, over its present members. `done` counts their valid check-ins
 * of the day; `memberDelta` is how many of them begin (+) or have ended (-) a membership on it, so that
 * the members of a day are the present count less the deltas after it.
 */
@Entity('group_days')
@Index('uq_group_days_group_day', ['groupId', 'day'], { unique: true })
export class GroupDay {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @DayColumn() day: string;
  @CountColumn() done: number;
  @IntColumn({ default: 0 }) memberDelta: number;
}
