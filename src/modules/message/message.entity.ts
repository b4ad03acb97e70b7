import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';
import type { NoticeObject, NoticeType } from '../../common/events/notice.js';

export const MESSAGE_LIMITS = { title: 120, excerpt: 200 } as const;

@Entity('messages')
@Index('uq_messages_merge', ['userId', 'mergeKey'], { unique: true })
@Index('ix_messages_user', ['userId', 'id'])
@Index('ix_messages_user_type', ['userId', 'type', 'id'])
@Index('ix_messages_unread', ['userId', 'unread', 'id'])
@Index('ix_messages_created', ['createdAt'])
export class Message {
  @IdColumn() id: number;
  /** Who is told. */
  @RefColumn() userId: number;
  @TextColumn(16) type: NoticeType;
  @TextColumn(24, { nullable: true }) detail: string | null;
  /** Who did it, the last of them where several are merged; null: the system. */
  @RefColumn({ nullable: true }) actorId: number | null;
  @IntColumn({ default: 1 }) actorCount: number;
  @TextColumn(12) targetType: NoticeObject;
  @RefColumn() targetId: number;
  @TextColumn(12) placeType: NoticeObject;
  @RefColumn() placeId: number;
  @RefColumn({ nullable: true }) answerId: number | null;
  @RefColumn({ nullable: true }) groupId: number | null;
  @TextColumn(MESSAGE_LIMITS.title) title: string;
  @TextColumn(MESSAGE_LIMITS.excerpt) excerpt: string;
  @FlagColumn({ default: true }) unread: boolean;
  /** `like:post:12` of a like message while unread: the unique index merges the likes of one thing. */
  @TextColumn(48, { nullable: true }) mergeKey: string | null;
  @InstantColumn() createdAt: Date;
  @InstantColumn() updatedAt: Date;
}
