import { isoOf } from '../../common/database/values.js';
import type { CheckInRow, CheckInWithAuthor } from './check-in.repository.js';
import type { CheckInDto } from './dto/check-in.dto.js';
import type { FeedItemDto } from './dto/feed-item.dto.js';
import { toUserRef } from '../user/index.js';

export function toCheckInDto(row: Omit<CheckInRow, 'state' | 'madeOn'>): CheckInDto {
  return {
    id: row.id,
    groupId: row.groupId,
    userId: row.userId,
    day: row.day,
    kind: row.kind,
    note: row.note,
    checkedAt: isoOf(row.checkedAt),
  };
}

export const toFeedItemDto = (row: CheckInWithAuthor): FeedItemDto => ({
  ...toCheckInDto(row),
  user: toUserRef(row),
});
