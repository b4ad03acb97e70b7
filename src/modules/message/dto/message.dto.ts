import { ApiProperty } from '@nestjs/swagger';
import { NOTICE_TYPES, type NoticeType } from '../../../common/events/notice.js';
import { UserRefDto } from '../../user/index.js';
import { ObjectRefDto } from './object-ref.dto.js';

export class MessageDto {
  /** @example 31 */
  id: number;

  @ApiProperty({ enum: NOTICE_TYPES, example: 'comment' })
  type: NoticeType;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description:
      'What the type leaves open: `approved` or `refused` of a decision, `promoted`, `demoted`, `owner` or `removed` of a role.',
  })
  detail: string | null;

  /** Who did it, the last of them where there are several; null: the system, or an account that is gone. */
  @ApiProperty({ type: UserRefDto, nullable: true })
  actor: UserRefDto | null;

  /**
   * How many did it: likes of one thing are one message while it is unread.
   * @example 1
   */
  actorCount: number;

  /** What came to be, or what was liked, accepted, decided. */
  target: ObjectRefDto;

  /** The page to open: a post, a check-in, a question, a group. */
  place: ObjectRefDto;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: null,
    description: 'The answer it belongs to, where there is one between target and place.',
  })
  answerId: number | null;

  /** @example 7 */
  groupId: number | null;

  /**
   * Of the place, as it was then.
   * @example "第一个五公里"
   */
  title: string;

  /**
   * Of the target, as it was then; plain text.
   * @example "太棒了，明天一起跑"
   */
  excerpt: string;

  /** @example true */
  unread: boolean;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /**
   * Later than `createdAt` where others joined in.
   * @example "2026-01-31T09:00:00.000Z"
   */
  updatedAt: string;
}
