import type { Nodes, PhrasingContent, Root } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { CONTENT_LIMITS } from '../content/content.limits.js';
import type { Mention } from '../content/mention.js';
import { normaliseKey } from '../validation/normalise-key.js';
import { HTML_SCHEMA } from './html-schema.js';
import { MOST_MENTIONS, type MentionPlace, mentionPlaces } from './mentions.js';
import { parseMarkdown, plainText } from './parse-markdown.js';
import { makeSafe, type MarkdownImage } from './safe-elements.js';

/** Grows whenever the same source would give other HTML: stored HTML of an older version is made anew on reading. */
export const MARKDOWN_VERSION = 1;

export interface MarkdownContext {
  /** Whom `@names` mean. */
  mentions?: readonly Mention[] | null;
  /** The pictures that may be shown. */
  images?: readonly MarkdownImage[] | null;
}

/** An excerpt needs no more of the source than this, in UTF-16 units. */
const EXCERPT_SOURCE = 2_000;

const toHtml = unified().use(remarkRehype).freeze();
const toSafeText = unified().use(rehypeSanitize, HTML_SCHEMA).use(rehypeStringify).freeze();

/** @returns HTML that is safe to show as it is; docs/markdown.md says what becomes of what */
export function renderMarkdown(source: string, context: MarkdownContext = {}): string {
  try {
    return render(parseMarkdown(source), context);
  } catch (error) {
    // Nested deeper than the stack, in a way that nobody thought of.
    if (error instanceof RangeError) return render(plainText(source), context);
    throw error;
  }
}

function render(tree: Root, { mentions, images }: MarkdownContext): string {
  const people = new Map(mentions?.map((one) => [normaliseKey(one.nickname), one]));
  let places = people.size > 0 ? MOST_MENTIONS : 0;
  refine(tree, (text) => {
    const found = mentionPlaces(text, places);
    places -= found.length;
    return withMentions(text, found, people);
  });
  const html = toHtml.runSync(tree);
  makeSafe(html, images ?? []);
  return toSafeText.stringify(toSafeText.runSync(html));
}

/** The text without its markup on one line, cut after `max` code points with `…`. */
export function excerptOf(source: string, max: number = CONTENT_LIMITS.excerpt): string {
  // The cut may go through a pair of surrogates.
  const start = source.slice(0, EXCERPT_SOURCE).replace(/[\ud800-\udbff]$/, '');
  const line = wordsOf(parseMarkdown(start)).replace(/\s+/g, ' ').trim();
  const characters = Array.from(line.slice(0, 2 * max + 2));
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value;
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if (!('children' in node)) return ' ';
  const between = node.type === 'paragraph' || node.type === 'heading' ? ' ' : '';
  return node.children.map(wordsOf).join('') + between;
}

/** A line break in the source is one on the page: that is what people mean who write without knowing Markdown. */
function withBreaks(text: string): PhrasingContent[] {
  return text
    .split(/[ \t]*\n/)
    .flatMap((value, at): PhrasingContent[] => [
      ...(at > 0 ? [{ type: 'break' as const }] : []),
      { type: 'text', value },
    ]);
}

function refine(node: Nodes, onProse: (text: string) => PhrasingContent[]): void {
  if (!('children' in node)) return;
  const inLink = node.type === 'link' || node.type === 'linkReference';
  node.children = node.children.flatMap((child): Nodes[] => {
    if (child.type === 'text') return inLink ? withBreaks(child.value) : onProse(child.value);
    refine(child, inLink ? withBreaks : onProse);
    return [child];
  }) as never;
}

function withMentions(
  text: string,
  places: readonly MentionPlace[],
  people: ReadonlyMap<string, Mention>,
): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let done = 0;
  for (const { start, prefixes } of places) {
    const found = prefixes.find(({ key }) => people.has(key));
    if (!found || start < done) continue;
    parts.push(...withBreaks(text.slice(done, start)), mentionLink(people.get(found.key)!));
    done = found.end;
  }
  return [...parts, ...withBreaks(text.slice(done))];
}

function mentionLink({ id, nickname }: Mention): PhrasingContent {
  return {
    type: 'link',
    url: `/users/${id}`,
    data: { hProperties: { className: ['mention'] } },
    children: [{ type: 'text', value: `@${nickname}` }],
  };
}
