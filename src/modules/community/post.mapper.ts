import { htmlOf } from '../../common/content/content-text.js';
import { isoOf } from '../../common/database/values.js';
import { imagesOf, type MediaUrls } from '../upload/index.js';
import { toUserRef } from '../user/index.js';
import type { PostDetailDto } from './dto/post-detail.dto.js';
import type { PostRevisionDto } from './dto/post-revision.dto.js';
import type { PostDto } from './dto/post.dto.js';
import type { PostRow } from './post-row.js';
import type { PostDetailRow, RevisionRow } from './post.repository.js';

const isRestricted = ({ visibility }: PostRow) => visibility === 'private';

export function toPostDto(row: PostRow, viewer: { id: number }, media: MediaUrls): PostDto {
  return {
    id: row.id,
    groupId: row.groupId,
    groupName: row.groupName,
    author: toUserRef(row),
    checkInId: row.checkInId,
    title: row.title,
    excerpt: row.excerpt,
    images: imagesOf(row).map((image) => media.toImageDto(image, viewer, isRestricted(row))),
    pinned: Boolean(row.pinned),
    excellent: Boolean(row.excellent),
    locked: Boolean(row.locked),
    commentCount: row.commentCount,
    likeCount: row.likeCount,
    liked: Boolean(row.liked),
    createdAt: isoOf(row.createdAt),
    editedAt: row.editedAt && isoOf(row.editedAt),
  };
}

export function toPostDetailDto(row: PostDetailRow, viewer: { id: number }, media: MediaUrls): PostDetailDto {
  return {
    ...toPostDto(row, viewer, media),
    body: row.body,
    html: media.signHtml(htmlOf(row), imagesOf(row), viewer, isRestricted(row)),
    version: row.version,
  };
}

export const toPostRevisionDto = ({
  version,
  title,
  body,
  createdAt,
  ...editor
}: RevisionRow): PostRevisionDto => ({
  version,
  editor: toUserRef(editor),
  title,
  body,
  createdAt: isoOf(createdAt),
});
