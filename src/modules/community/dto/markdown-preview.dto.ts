export class MarkdownPreviewDto {
  /**
   * Sanitised, to show as it is. Names are text here: whom they mean is found when the text is sent.
   * @example "<p>坚持的秘诀：<strong>前一天晚上</strong>把跑鞋放在门口。</p>"
   */
  html: string;
}
