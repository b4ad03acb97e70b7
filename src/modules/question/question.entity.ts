import { Entity, Index } from 'typeorm';
import { Content } from '../../common/content/content.entity.js';
import { CONTENT_LIMITS } from '../../common/content/content.limits.js';
import {
  CountColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';
import type { ImageRef } from '../upload/index.js';
import { QUESTION_LIMITS } from './question.limits.js';

@Entity('questions')
@Index('ix_questions_new', ['state', 'id'])
@Index('ix_questions_hot', ['state', 'hotScore', 'id'])
@Index('ix_questions_unanswered', ['state', 'answerCount', 'id'])
@Index('ix_questions_category_new', ['categoryId', 'state', 'id'])
@Index('ix_questions_category_hot', ['categoryId', 'state', 'hotScore', 'id'])
@Index('ix_questions_category_unanswered', ['categoryId', 'state', 'answerCount', 'id'])
@Index('ix_questions_group_new', ['groupId', 'state', 'id'])
@Index('ix_questions_group_hot', ['groupId', 'state', 'hotScore', 'id'])
@Index('ix_questions_author', ['authorId', 'state', 'id'])
@Index('ix_questions_removed', ['removedAt'])
export class Question extends Content {
  /** Null: asked of the whole site. */
  @RefColumn({ nullable: true }) groupId: number | null;
  @RefColumn() categoryId: number;
  @TextColumn(QUESTION_LIMITS.title) title: string;
  @TextColumn(CONTENT_LIMITS.excerpt) excerpt: string;
  @JsonColumn({ nullable: true }) images: ImageRef[] | null;
  /** Since when it takes no more answers. */
  @InstantColumn({ nullable: true }) closedAt: Date | null;
  @RefColumn({ nullable: true }) closedBy: number | null;
  @TextColumn(QUESTION_LIMITS.closeReason, { nullable: true }) closeReason: string | null;
  @RefColumn({ nullable: true }) acceptedAnswerId: number | null;
  /** Visible answers. */
  @CountColumn() answerCount: number;
  /** Sum of the votes; may be negative. */
  @CountColumn() voteScore: number;
  @CountColumn() followerCount: number;
  /** Written in batches; see `QuestionViews`. */
  @CountColumn() viewCount: number;
  /** See `hotScoreOf`. */
  @IntColumn({ default: 0 }) hotScore: number;
  /** Grows with every edit, which has to name the one it builds on. */
  @IntColumn({ default: 1 }) version: number;
}
