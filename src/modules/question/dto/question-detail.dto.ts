import { ApiProperty } from '@nestjs/swagger';
import { QuestionDto } from './question.dto.js';

export class QuestionDetailDto extends QuestionDto {
  /**
   * Markdown.
   * @example "每天六点起床跑五公里，**空腹**总觉得没力气。"
   */
  body: string;

  /**
   * The body, rendered and sanitised.
   * @example "<p>每天六点起床跑五公里，<strong>空腹</strong>总觉得没力气。</p>"
   */
  html: string;

  /**
   * An edit names the version it builds on.
   * @example 1
   */
  version: number;

  /** @example 77 */
  acceptedAnswerId: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Since when it takes no more answers; null: it does.',
  })
  closedAt: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Null: it is not closed.' })
  closeReason: string | null;

  /** Closed by somebody else than the asker, who cannot reopen it then. @example false */
  closedByModerator: boolean;

  @ApiProperty({ type: 'integer', enum: [1, 0, -1], example: 1, description: '0: none.' })
  myVote: 1 | 0 | -1;

  /** Whether I am told of answers. */
  following: boolean;

  /**
   * Of my own answer.
   * @example 78
   */
  myAnswerId: number | null;
}
