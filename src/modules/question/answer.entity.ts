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

@Entity('answers')
@Index('uq_answers_author', ['authorKey'], { unique: true })
@Index('ix_answers_list', ['questionId', 'state', 'accepted', 'voteScore', 'id'])
@Index('ix_answers_author', ['authorId', 'state', 'id'])
@Index('ix_answers_removed', ['removedAt'])
export class Answer extends Content {
  @RefColumn() questionId: number;
  /** `questionId:authorId`, null once the author has deleted it: the unique index lets a person answer once. */
  @TextColumn(40, { nullable: true }) authorKey: string | null;
  @TextColumn(CONTENT_LIMITS.excerpt) excerpt: string;
  @JsonColumn({ nullable: true }) images: ImageRef[] | null;
  @FlagColumn({ default: false }) accepted: boolean;
  /** Sum of the votes; may be negative. */
  @CountColumn() voteScore: number;
  /** Visible replies. */
  @CountColumn() replyCount: number;
  @IntColumn({ default: 1 }) version: number;
}
