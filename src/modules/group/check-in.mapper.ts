import { isoOf } from '../../common/database/values.js';
import type { CheckInRow, CheckInWithAuthor } from './check-in.repository.js';
import type { CheckInDto } from './dto/check-in.dto.js';
import type { FeedItemDto } from './dto/feed-item.dto.js';
import { toUserRef } from '../user/index.js';
import { type ImageDto, type ImageRef, imagesOf } from '../upload/index.js';

type ShownRow = Pick<CheckInRow, 'id' | 'groupId' | 'userId' | 'day' | 'kind' | 'note' | 'checkedAt'> &
  Partial<Pick<CheckInWithAuthor, 'likeCount' | 'commentCount' | 'liked' | 'images'>>;

/** How the reader sees a picture; see `MediaUrls`. */
type Show = (image: ImageRef) => ImageDto;

/** Nobody likes his own: without `liked` it is the reader's. */
export function toCheckInDto(row: ShownRow, show: Show): CheckInDto {
  return {
    id: row.id,
    groupId: row.groupId,
    userId: row.userId,
    day: row.day,
    kind: row.kind,
    note: row.note,
    images: imagesOf(row).map(show),
    checkedAt: isoOf(row.checkedAt),
    likeCount: row.likeCount ?? 0,
    commentCount: row.commentCount ?? 0,
    liked: Boolean(row.liked),
  };
}

export const toFeedItemDto = (row: CheckInWithAuthor, show: Show): FeedItemDto => ({
  ...toCheckInDto(row, show),
  user: toUserRef(row),
});
