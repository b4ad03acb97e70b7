import { htmlOf } from '../../common/content/content-text.js';
import { isoOf } from '../../common/database/values.js';
import { toUserRef } from '../user/index.js';
import type { CommentRow } from './comment-list.repository.js';
import type { CommentReplyDto } from './dto/comment-reply.dto.js';
import type { CommentDto } from './dto/comment.dto.js';

/** Of a deleted one nothing is told but that it was there. */
export function toCommentReplyDto(row: CommentRow): CommentReplyDto {
  const deleted = row.state !== 'visible';
  return {
    id: row.id,
    rootId: row.rootId,
    author: deleted ? null : toUserRef(row),
    replyTo: deleted ? null : replyToOf(row),
    body: deleted ? '' : row.body,
    html: deleted ? '' : htmlOf(row),
    deleted,
    likeCount: deleted ? 0 : row.likeCount,
    liked: !deleted && Boolean(row.liked),
    createdAt: isoOf(row.createdAt),
    editedAt: deleted || row.editedAt === null ? null : isoOf(row.editedAt),
  };
}

export const toCommentDto = (row: CommentRow, replies: CommentRow[]): CommentDto => ({
  ...toCommentReplyDto(row),
  replyCount: row.replyCount,
  replies: replies.map(toCommentReplyDto),
});

function replyToOf({ replyToUserId, replyToNickname, replyToAvatar }: CommentRow) {
  if (replyToUserId === null) return null;
  return toUserRef({ userId: replyToUserId, nickname: replyToNickname!, avatar: replyToAvatar });
}
