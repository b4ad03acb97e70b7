import { AnswerDto } from './answer.dto.js';

/** An answer away from its question. */
export class UserAnswerDto extends AnswerDto {
  /** @example "早上跑步前要不要吃东西？" */
  questionTitle: string;
}
