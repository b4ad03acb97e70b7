import { PostDto } from './post.dto.js';

export class PostDetailDto extends PostDto {
  /**
   * Markdown, as it was written.
   * @example "坚持的秘诀：**前一天晚上**把跑鞋放在门口。"
   */
  body: string;

  /**
   * Rendered and sanitised.
   * @example "<p>坚持的秘诀：<strong>前一天晚上</strong>把跑鞋放在门口。</p>"
   */
  html: string;

  /**
   * Grows with every edit.
   * @example 1
   */
  version: number;
}
