import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, RefColumn, TextColumn } from '../../common/database/columns.js';

/** Make-ups a person has used in a group in one month (of the action, `YYYY-MM` in the group's zone). */
@Entity('make_up_quotas')
@Index('uq_make_up_quotas_month', ['groupId', 'userId', 'month'], { unique: true })
export class MakeUpQuota {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @RefColumn() userId: number;
  @TextColumn(7) month: string;
  @CountColumn() used: number;
}
