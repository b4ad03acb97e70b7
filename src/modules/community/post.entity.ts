import { Entity, Index } from 'typeorm';
import { Content } from '../../common/content/content.entity.js';
import { CONTENT_LIMITS } from '../../common/content/content.limits.js';
import {
  CountColumn,
  FlagColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';
import type { ImageRef } from '../upload/index.js';
import { COMMUNITY_LIMITS } from './community.limits.js';

/** Pinned posts come first in every list, hence `pinned` in the indexes. */
@Entity('posts')
@Index('uq_posts_check_in', ['checkInId'], { unique: true })
@Index('ix_posts_new', ['groupId', 'state', 'pinned', 'id'])
@Index('ix_posts_hot', ['groupId', 'state', 'pinned', 'hotScore', 'id'])
@Index('ix_posts_excellent', ['groupId', 'state', 'excellent', 'pinned', 'id'])
@Index('ix_posts_group', ['groupId', 'state', 'id'])
@Index('ix_posts_author', ['authorId', 'state', 'id'])
@Index('ix_posts_removed', ['removedAt'])
export class Post extends Content {
  @RefColumn() groupId: number;
  /** The check-in that it tells of, where the group shows check-ins as posts. */
  @RefColumn({ nullable: true }) checkInId: number | null;
  @TextColumn(COMMUNITY_LIMITS.title) title: string;
  @TextColumn(CONTENT_LIMITS.excerpt) excerpt: string;
  @JsonColumn({ nullable: true }) images: ImageRef[] | null;
  @FlagColumn({ default: false }) pinned: boolean;
  @FlagColumn({ default: false }) excellent: boolean;
  /** Nobody but those who run the group comments or edits. */
  @FlagColumn({ default: false }) locked: boolean;
  /** Visible comments and replies. */
  @CountColumn() commentCount: number;
  @CountColumn() likeCount: number;
  /** See `hotScoreOf`. */
  @IntColumn({ default: 0 }) hotScore: number;
  /** Grows with every edit, which has to name the one it builds on. */
  @IntColumn({ default: 1 }) version: number;
}
