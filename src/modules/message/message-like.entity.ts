import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../common/database/columns.js';
import type { NoticeObject } from '../../common/events/notice.js';

/** That a person's like of a thing was told once; it stays when the like goes, so that no like is told twice. */
@Entity('message_likes')
@Index('uq_message_likes_actor_target', ['actorId', 'targetType', 'targetId'], { unique: true })
@Index('ix_message_likes_message', ['messageId', 'createdAt', 'id'])
export class MessageLike {
  @IdColumn() id: number;
  @RefColumn() actorId: number;
  @TextColumn(12) targetType: NoticeObject;
  @RefColumn() targetId: number;
  /** The message that tells of it; null once the like was withdrawn from it unread. */
  @RefColumn({ nullable: true }) messageId: number | null;
  @InstantColumn() createdAt: Date;
}
