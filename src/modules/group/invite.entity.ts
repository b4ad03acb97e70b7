import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';

@Entity('group_invites')
@Index('uq_group_invites_hash', ['tokenHash'], { unique: true })
@Index('ix_group_invites_group', ['groupId', 'id'])
export class Invite {
  @IdColumn() id: number;
  @RefColumn() groupId: number;
  /** SHA-256 of the token; the token itself is shown once, on creation. */
  @TextColumn(64) tokenHash: string;
  @RefColumn() createdBy: number;
  @InstantColumn() createdAt: Date;
  @InstantColumn() expiresAt: Date;
  @IntColumn({ nullable: true }) maxUses: number | null;
  @CountColumn() uses: number;
  @InstantColumn({ nullable: true }) revokedAt: Date | null;
}
