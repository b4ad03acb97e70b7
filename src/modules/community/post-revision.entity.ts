import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  IntColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../../common/database/columns.js';
import { COMMUNITY_LIMITS } from './community.limits.js';

/** A version of a post that has been replaced. */
@Entity('post_revisions')
@Index('uq_post_revisions_version', ['postId', 'version'], { unique: true })
export class PostRevision {
  @IdColumn() id: number;
  @RefColumn() postId: number;
  @IntColumn() version: number;
  /** Who wrote this version. */
  @RefColumn() editorId: number;
  @TextColumn(COMMUNITY_LIMITS.title) title: string;
  @LongTextColumn() body: string;
  /** When this version was written. */
  @InstantColumn() createdAt: Date;
}
