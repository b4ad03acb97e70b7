import { ApiProperty } from '@nestjs/swagger';
import { ImageDto } from '../../upload/index.js';

export class CheckInDto {
  /** @example 1001 */
  id: number;

  /** @example 7 */
  groupId: number;

  /** @example 42 */
  userId: number;

  /**
   * The group's day it counts for.
   * @example "2026-01-31"
   */
  day: string;

  @ApiProperty({ enum: ['normal', 'makeup'], example: 'normal' })
  kind: 'normal' | 'makeup';

  /**
   * A normal check-in's note, a make-up's reason.
   * @example "五公里，28 分钟"
   */
  note: string;

  images: ImageDto[];

  /** @example "2026-01-31T07:12:45.123Z" */
  checkedAt: string;

  /** @example 5 */
  likeCount: number;

  /**
   * Comments and replies.
   * @example 2
   */
  commentCount: number;

  /** By me. */
  liked: boolean;
}
