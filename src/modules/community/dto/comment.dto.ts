import { CommentReplyDto } from './comment-reply.dto.js';

/** A comment with the newest of its replies; as which a reply has none. */
export class CommentDto extends CommentReplyDto {
  /** @example 1 */
  replyCount: number;

  /** The newest three, the oldest of them first. */
  replies: CommentReplyDto[];
}
