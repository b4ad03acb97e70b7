import { ApiProperty } from '@nestjs/swagger';
import { ImageDto } from '../../upload/index.js';
import { UserRefDto } from '../../user/index.js';

export class AnswerDto {
  /** @example 77 */
  id: number;

  /** @example 31 */
  questionId: number;

  author: UserRefDto;

  /**
   * Markdown.
   * @example "先吃半根**香蕉**。"
   */
  body: string;

  /**
   * The body, rendered and sanitised.
   * @example "<p>先吃半根<strong>香蕉</strong>。</p>"
   */
  html: string;

  images: ImageDto[];

  /**
   * Votes in favour less those against.
   * @example 5
   */
  voteScore: number;

  @ApiProperty({ type: 'integer', enum: [1, 0, -1], example: 1, description: '0: none.' })
  myVote: 1 | 0 | -1;

  /** Whether the asker has accepted it. */
  accepted: boolean;

  /** @example 2 */
  replyCount: number;

  /**
   * An edit names the version it builds on.
   * @example 1
   */
  version: number;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /**
   * Null: never.
   * @example "2026-01-31T09:00:00.000Z"
   */
  editedAt: string | null;
}
