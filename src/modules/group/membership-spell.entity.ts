import { Entity, Index } from 'typeorm';
import { DayColumn, IdColumn, InstantColumn, RefColumn } from '../../common/database/columns.js';

/** One stay in a group; re-joining adds a row and never touches an older one. */
@Entity('membership_spells')
@Index('ix_membership_spells_member', ['groupId', 'userId', 'joinedDay'])
export class MembershipSpell {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  @RefColumn() userId: number;
  @DayColumn() joinedDay: string;
  @InstantColumn() joinedAt: Date;
  @DayColumn({ nullable: true }) leftDay: string | null;
  @InstantColumn({ nullable: true }) leftAt: Date | null;
}
