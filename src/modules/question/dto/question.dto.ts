import { ApiProperty } from '@nestjs/swagger';
import { ImageDto } from '../../upload/index.js';
import { UserRefDto } from '../../user/index.js';

export class QuestionDto {
  /** @example 31 */
  id: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 7, description: 'Null: asked of the whole site.' })
  groupId: number | null;

  @ApiProperty({ type: String, nullable: true, example: '每天早起跑步' })
  groupName: string | null;

  /** @example 2 */
  categoryId: number;

  author: UserRefDto;

  /** @example "早上跑步前要不要吃东西？" */
  title: string;

  /**
   * The beginning of the body as plain text, at most 200 characters.
   * @example "每天六点起床跑五公里，空腹总觉得没力气。"
   */
  excerpt: string;

  images: ImageDto[];

  /** @example 3 */
  answerCount: number;

  /**
   * Votes in favour less those against.
   * @example 5
   */
  voteScore: number;

  /**
   * How often it was looked at, each person counting once an hour; a few seconds late.
   * @example 120
   */
  viewCount: number;

  /** @example 4 */
  followerCount: number;

  hasAcceptedAnswer: boolean;

  /**
   * Whether it takes no more answers.
   * @example false
   */
  closed: boolean;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /**
   * Null: never.
   * @example "2026-01-31T09:00:00.000Z"
   */
  editedAt: string | null;
}
