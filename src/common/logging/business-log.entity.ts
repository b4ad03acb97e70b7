import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, RefColumn, TextColumn } from '../database/columns.js';

/** Who did what to which object. Rows are only ever added. */
@Entity('business_log')
@Index('ix_business_log_object', ['objectType', 'objectId', 'id'])
@Index('ix_business_log_actor', ['actorId', 'id'])
export class BusinessLogEntry {
  @IdColumn()
  id: number;

  /** Null when a command line or the system itself acted. */
  @RefColumn({ nullable: true })
  actorId: number | null;

  @TextColumn(64)
  action: string;

  @TextColumn(32)
  objectType: string;

  @RefColumn({ nullable: true })
  objectId: number | null;

  @JsonColumn({ nullable: true })
  detail: object | null;

  @TextColumn(64, { nullable: true })
  requestId: string | null;

  @InstantColumn()
  createdAt: Date;
}
