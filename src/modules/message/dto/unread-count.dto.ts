import type { NoticeType } from '../../../common/events/notice.js';

/** Every type is there, also those of which nothing is unread. */
export class UnreadByTypeDto implements Record<NoticeType, number> {
  /** @example 2 */
  comment: number;

  /** @example 0 */
  reply: number;

  /** @example 1 */
  like: number;

  /** @example 0 */
  answer: number;

  /** @example 0 */
  answerReply: number;

  /** @example 0 */
  accepted: number;

  /** @example 0 */
  mention: number;

  /** @example 0 */
  application: number;

  /** @example 0 */
  decision: number;

  /** @example 0 */
  role: number;

  /** @example 0 */
  reminder: number;

  /** @example 0 */
  system: number;
}

export class UnreadCountDto {
  /** @example 3 */
  total: number;

  types: UnreadByTypeDto;
}
