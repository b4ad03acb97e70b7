import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../common/database/columns.js';

/** Every refresh token ever issued in a session, as a hash, so that a reused one is recognised. */
@Entity('refresh_tokens')
@Index('uq_refresh_tokens_hash', ['tokenHash'], { unique: true })
@Index('ix_refresh_tokens_session', ['sessionId'])
export class RefreshToken {
  @IdColumn() id: number;
  @RefColumn() sessionId: number;
  @TextColumn(64) tokenHash: string;
  @InstantColumn() createdAt: Date;
  @InstantColumn({ nullable: true }) usedAt: Date | null;
}
