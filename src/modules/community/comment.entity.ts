import { Entity, Index } from 'typeorm';
import { Content } from '../../common/content/content.entity.js';
import { CountColumn, RefColumn, TextColumn } from '../../common/database/columns.js';

export const COMMENT_TARGETS = ['post', 'checkIn'] as const;
export type CommentTarget = (typeof COMMENT_TARGETS)[number];

/** Two levels: a root has no `rootId`, a reply has its root's; whom it answers is `replyToUserId`. */
@Entity('comments')
@Index('ix_comments_roots', ['targetType', 'targetId', 'rootId', 'id'])
@Index('ix_comments_replies', ['rootId', 'state', 'id'])
@Index('ix_comments_author', ['authorId', 'id'])
@Index('ix_comments_removed', ['removedAt'])
export class Comment extends Content {
  @TextColumn(8) targetType: CommentTarget;
  @RefColumn() targetId: number;
  @RefColumn() groupId: number;
  @RefColumn({ nullable: true }) rootId: number | null;
  @RefColumn({ nullable: true }) replyToUserId: number | null;
  /** Visible replies of a root. */
  @CountColumn() replyCount: number;
  @CountColumn() likeCount: number;
}
