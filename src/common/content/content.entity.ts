import {
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../database/columns.js';
import { CONTENT_LIMITS } from './content.limits.js';
import type { ContentState } from './content-state.js';
import type { Mention } from './mention.js';

/** What people write: its Markdown source, the HTML made of it, and who took it away. */
export abstract class Content {
  @IdColumn() id: number;
  @RefColumn() authorId: number;
  @LongTextColumn() body: string;
  /** Rendered and sanitised from `body`; made anew on reading when `htmlVersion` is not today's. */
  @LongTextColumn() html: string;
  @IntColumn() htmlVersion: number;
  /** Whom the `@names` in the body meant when it was written. */
  @JsonColumn({ nullable: true }) mentions: Mention[] | null;
  @TextColumn(16, { default: 'visible' }) state: ContentState;
  /** Since when it is not visible; after 30 days it is purged. */
  @InstantColumn({ nullable: true }) removedAt: Date | null;
  @RefColumn({ nullable: true }) removedBy: number | null;
  @TextColumn(CONTENT_LIMITS.removeReason, { nullable: true }) removeReason: string | null;
  @InstantColumn() createdAt: Date;
  @InstantColumn() updatedAt: Date;
  /** Last edited by its author; null: never. */
  @InstantColumn({ nullable: true }) editedAt: Date | null;
}
