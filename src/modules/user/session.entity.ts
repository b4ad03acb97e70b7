import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../common/database/columns.js';
import { USER_LIMITS } from './user.limits.js';

export type RevokeReason = 'logout' | 'revoked' | 'password' | 'reuse';

/** One sign-in on one device: the family of refresh tokens that grew from it. */
@Entity('sessions')
@Index('ix_sessions_user', ['userId', 'id'])
@Index('ix_sessions_expires', ['expiresAt'])
export class Session {
  @IdColumn() id: number;
  @RefColumn() userId: number;
  @TextColumn(USER_LIMITS.userAgent) userAgent: string;
  @TextColumn(45) address: string;
  @InstantColumn() createdAt: Date;
  @InstantColumn() lastUsedAt: Date;
  @InstantColumn() expiresAt: Date;
  @InstantColumn({ nullable: true }) revokedAt: Date | null;
  @TextColumn(16, { nullable: true }) revokeReason: RevokeReason | null;
}
