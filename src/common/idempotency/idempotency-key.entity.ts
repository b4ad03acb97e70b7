import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  IntColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../database/columns.js';

/** The answer that was given to a create, so that a repeat of the request gets it again instead of a second create. */
@Entity('idempotency_keys')
@Index('uq_idempotency_keys_user_key', ['userId', 'idempotencyKey'], { unique: true })
@Index('ix_idempotency_keys_created', ['createdAt'])
export class IdempotencyKey {
  @IdColumn()
  id: number;

  @RefColumn()
  userId: number;

  @TextColumn(255)
  idempotencyKey: string;

  /** SHA-256 of method, path and body. */
  @TextColumn(64)
  requestHash: string;

  @IntColumn({ nullable: true })
  status: number | null;

  /** The data of the answer as JSON. */
  @LongTextColumn({ nullable: true })
  response: string | null;

  @InstantColumn()
  createdAt: Date;
}
