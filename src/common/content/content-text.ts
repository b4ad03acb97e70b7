import { MARKDOWN_VERSION, renderMarkdown } from '../markdown/render-markdown.js';
import type { MarkdownImage } from '../markdown/safe-elements.js';
import type { Mention } from './mention.js';

/** What a row keeps of a text; JSON columns as the driver gives them. */
export interface RenderedText {
  body: string;
  html: string;
  htmlVersion: number;
  mentions: unknown;
  images?: unknown;
}

/** The stored HTML, or one made of the source when it was stored under older rules. */
export function htmlOf({ body, html, htmlVersion, mentions, images }: RenderedText): string {
  if (htmlVersion === MARKDOWN_VERSION) return html;
  return renderMarkdown(body, {
    mentions: jsonOf<Mention[] | null>(mentions),
    images: jsonOf<MarkdownImage[] | null>(images ?? null),
  });
}

/** A JSON column of a flat row: text on both databases, a value when TypeORM has read it. */
export function jsonOf<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T;
}
