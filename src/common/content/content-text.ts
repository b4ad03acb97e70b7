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

/** A text that was written now, as rows keep it. */
export interface WrittenText {
  body: string;
  html: string;
  htmlVersion: number;
  mentions: Mention[] | null;
  excerpt: string;
}

/** The columns that other pictures change. */
export function illustrate<I extends MarkdownImage>(
  { body, mentions }: { body: string; mentions: unknown },
  images: readonly I[],
) {
  const html = renderMarkdown(body, { mentions: jsonOf<Mention[] | null>(mentions), images });
  return { html, htmlVersion: MARKDOWN_VERSION, images: [...images] };
}

/** Those named in a text who were not named in the one before, whose mentions are a JSON column. */
export function newlyNamed(mentions: readonly Mention[] | null = null, before: unknown = null): number[] {
  const known = new Set(jsonOf<Mention[] | null>(before)?.map(({ id }) => id));
  return (mentions ?? []).map(({ id }) => id).filter((id) => !known.has(id));
}

/** A JSON column of a flat row: text on both databases, a value when TypeORM has read it. */
export function jsonOf<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T;
}
