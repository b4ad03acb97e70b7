import { ApiProperty } from '@nestjs/swagger';
import { ImageDto } from '../../upload/index.js';
import { UserRefDto } from '../../user/index.js';
import { PostFlagsDto } from './post-flags.dto.js';

export class PostDto extends PostFlagsDto {
  /** @example 301 */
  id: number;

  /** @example 7 */
  groupId: number;

  /** @example "每天早起跑步" */
  groupName: string;

  author: UserRefDto;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: null,
    description: 'The check-in that it tells of; null: none.',
  })
  checkInId: number | null;

  /** @example "三十天，终于跑进半小时" */
  title: string;

  /**
   * The beginning of the body as plain text, at most 200 characters.
   * @example "坚持的秘诀：前一天晚上把跑鞋放在门口。"
   */
  excerpt: string;

  images: ImageDto[];

  /**
   * Comments and replies.
   * @example 4
   */
  commentCount: number;

  /** @example 12 */
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
