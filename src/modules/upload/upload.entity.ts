import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, RefColumn, TextColumn } from '../../common/database/columns.js';

export const UPLOAD_TARGETS = ['avatar', 'cover', 'post', 'question', 'answer', 'checkIn'] as const;
export type UploadTarget = (typeof UPLOAD_TARGETS)[number];

/** A picture in the storage: the original, re-encoded, and its thumbnails under names made from `name`. */
@Entity('uploads')
@Index('uq_uploads_name', ['name'], { unique: true })
@Index('ix_uploads_user', ['userId', 'id'])
@Index('ix_uploads_target', ['targetType', 'targetId'])
@Index('ix_uploads_unused', ['unusedSince'])
export class Upload {
  @IdColumn() id: number;
  @RefColumn() userId: number;
  /** Random; without extension. */
  @TextColumn(40) name: string;
  @TextColumn(32) contentType: string;
  /** Pixels, after turning it upright. */
  @IntColumn() width: number;
  @IntColumn() height: number;
  /** Of all its files together. */
  @IntColumn() bytes: number;
  /** What it belongs to; null: nothing yet, or nothing any more; `removed`: its files are being deleted. */
  @TextColumn(12, { nullable: true }) targetType: UploadTarget | 'removed' | null;
  @RefColumn({ nullable: true }) targetId: number | null;
  /** The group whose visibility holds; null: everybody may see it. */
  @RefColumn({ nullable: true }) groupId: number | null;
  @InstantColumn() createdAt: Date;
  /** Null while it belongs to something; after 24 hours it is removed. */
  @InstantColumn({ nullable: true }) unusedSince: Date | null;
}
