import { ApiProperty } from '@nestjs/swagger';
import { UserRefDto } from '../../user/index.js';

/** A reply to a comment. */
export class CommentReplyDto {
  /** @example 4001 */
  id: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: null,
    description: 'The comment that this is a reply to; null: it is no reply.',
  })
  rootId: number | null;

  @ApiProperty({ type: () => UserRefDto, nullable: true, description: 'Null when it has been deleted.' })
  author: UserRefDto | null;

  @ApiProperty({ type: () => UserRefDto, nullable: true, description: 'Whom a reply answers.' })
  replyTo: UserRefDto | null;

  /**
   * Markdown, as it was written; empty when it has been deleted.
   * @example "太棒了！配速多少？"
   */
  body: string;

  /**
   * Rendered and sanitised; empty when it has been deleted.
   * @example "<p>太棒了！配速多少？</p>"
   */
  html: string;

  /**
   * It only stands here for its replies.
   * @example false
   */
  deleted: boolean;

  /** @example 3 */
  likeCount: number;

  /** By me. */
  liked: boolean;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-31T09:30:00.000Z',
    description: 'Null: never.',
  })
  editedAt: string | null;
}
