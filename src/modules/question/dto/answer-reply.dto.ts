import { ApiProperty } from '@nestjs/swagger';
import { UserRefDto } from '../../user/index.js';

export class AnswerReplyDto {
  /** @example 12 */
  id: number;

  /** @example 77 */
  answerId: number;

  author: UserRefDto;

  @ApiProperty({
    type: () => UserRefDto,
    nullable: true,
    description: 'Whom it replies to; null: the answer.',
  })
  replyTo: UserRefDto | null;

  /**
   * Markdown.
   * @example "香蕉要提前多久吃？"
   */
  body: string;

  /**
   * The body, rendered and sanitised.
   * @example "<p>香蕉要提前多久吃？</p>"
   */
  html: string;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /**
   * Null: never.
   * @example "2026-01-31T09:00:00.000Z"
   */
  editedAt: string | null;
}
