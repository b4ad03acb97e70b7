import { isoOf } from '../../common/database/values.js';
import { NOTICE_TYPES, type NoticeType } from '../../common/events/notice.js';
import { toUserRef } from '../user/index.js';
import type { MessageDto } from './dto/message.dto.js';
import type { UnreadCountDto } from './dto/unread-count.dto.js';
import type { MessageRow, UnreadRow } from './message.repository.js';

export function toMessageDto(row: MessageRow): MessageDto {
  const { userId, nickname, avatar } = row;
  return {
    id: row.id,
    type: row.type,
    detail: row.detail,
    actor: userId === null || nickname === null ? null : toUserRef({ userId, nickname, avatar }),
    actorCount: row.actorCount,
    target: { type: row.targetType, id: row.targetId },
    place: { type: row.placeType, id: row.placeId },
    answerId: row.answerId,
    groupId: row.groupId,
    title: row.title,
    excerpt: row.excerpt,
    unread: Boolean(row.unread),
    createdAt: isoOf(row.createdAt),
    updatedAt: isoOf(row.updatedAt),
  };
}

export function toUnreadCountDto(rows: readonly UnreadRow[]): UnreadCountDto {
  const types = Object.fromEntries(NOTICE_TYPES.map((type) => [type, 0])) as Record<NoticeType, number>;
  for (const { type, count } of rows) types[type] = Number(count);
  return { total: Object.values(types).reduce((sum, count) => sum + count, 0), types };
}
