import { UserRefDto } from '../../user/index.js';

export class PostRevisionDto {
  /** @example 1 */
  version: number;

  editor: UserRefDto;

  /** @example "三十天，终于跑进半小时" */
  title: string;

  /**
   * Markdown.
   * @example "坚持的秘诀：**前一天晚上**把跑鞋放在门口。"
   */
  body: string;

  /**
   * When this version was written.
   * @example "2026-01-31T08:00:00.000Z"
   */
  createdAt: string;
}
