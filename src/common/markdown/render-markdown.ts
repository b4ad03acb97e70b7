import type { Nodes, PhrasingContent, Root } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { CONTENT_LIMITS } from '../content/content.limits.js';
import type { Mention } from '../content/mention.js';
import { normaliseKey } from '../validation/normalise-key.js';
import { HTML_SCHEMA } from './html-schema.js';
import { mentionKeys, type MentionPlace, mentionPlaces, mentionsIn, MOST_MENTIONS } from './mentions.js';
import { parseMarkdown, plainText, unlessTooDeep } from './parse-markdown.js';
import { makeSafe, type MarkdownImage } from './safe-elements.js';

/** Grows whenever the same source would give other HTML: stored HTML of an older version is made anew on reading. */
export const MARKDOWN_VERSION = 1;

export interface MarkdownContext {
  /** Whom `@names` mean. */
  mentions?: readonly Mention[] | null;
  /** The pictures that may be shown. */
  images?: readonly MarkdownImage[] | null;
}

const toHtml = unified().use(remarkRehype).freeze();
const toSafeText = unified().use(rehypeSanitize, HTML_SCHEMA).use(rehypeStringify).freeze();

/** A text, read once for all that is made of it. */
export class MarkdownText {
  private readonly tree: Root;

  constructor(readonly source: string) {
    this.tree = parseMarkdown(source);
  }

  /** @returns HTML that is safe to show as it is; docs/markdown.md says what becomes of what */
  render(context: MarkdownContext = {}): string {
    return unlessTooDeep(() => render(this.tree, context)) ?? render(plainText(this.source), context);
  }

  /** The text without its markup on one line, cut after `max` code points with `…`. */
  excerpt(max: number = CONTENT_LIMITS.excerpt): string {
    const line = wordsOf(this.tree).replace(/\s+/g, ' ').trim();
    const characters = Array.from(line.slice(0, 2 * max + 2));
    return characters.length <= max
      ? line
      : `${characters
          .slice(0, max - 1)
          .join('')
          .trimEnd()}…`;
  }

  /** Normalised nicknames that an `@…` of the text could mean: every prefix, as names may hold spaces. */
  mentionKeys(): string[] {
    return mentionKeys(this.tree);
  }

  /** Who of the people is named in the text; a name that several of them bear names nobody. */
  mentionsIn(people: readonly Mention[]): Mention[] {
    return mentionsIn(this.tree, people);
  }
}

export const renderMarkdown = (source: string, context?: MarkdownContext): string =>
  new MarkdownText(source).render(context);

export const excerptOf = (source: string, max?: number): string => new MarkdownText(source).excerpt(max);

function render(tree: Root, { mentions, images }: MarkdownContext): string {
  const people = new Map(mentions?.map((one) => [normaliseKey(one.nickname), one]));
  let places = people.size > 0 ? MOST_MENTIONS : 0;
  const refined = refine(tree, (text) => {
    const found = mentionPlaces(text, places);
    places -= found.length;
    return withMentions(text, found, people);
  });
  const html = toHtml.runSync(refined);
  makeSafe(html, images ?? []);
  return toSafeText.stringify(toSafeText.runSync(html));
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value;
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if (!('children' in node)) return ' ';
  const between = ['paragraph', 'heading', 'tableCell'].includes(node.type) ? ' ' : '';
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

function refine<N extends Nodes>(node: N, onProse: (text: string) => PhrasingContent[]): N {
  if (!('children' in node)) return node;
  const onText = node.type === 'link' || node.type === 'linkReference' ? withBreaks : onProse;
  const children = node.children.flatMap((child): Nodes[] =>
    child.type === 'text' ? onText(child.value) : [refine(child, onText)],
  );
  return { ...node, children };
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
