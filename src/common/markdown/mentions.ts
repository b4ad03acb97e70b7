import type { Root } from 'mdast';
import type { Mention } from '../content/mention.js';
import { normaliseKey } from '../validation/normalise-key.js';
import { isCjk } from './chinese-syntax.js';
import { visitProse } from './parse-markdown.js';

/** So many `@` of one text are looked at; further ones are text. */
export const MOST_MENTIONS = 10;
/** Code points; the length of a nickname. */
const LONGEST_NAME = 32;

export interface MentionPlace {
  /** Of the `@` in the text. */
  start: number;
  /** What the `@` could mean, longest first. */
  prefixes: { key: string; end: number }[];
}

/** See `MarkdownText`. */
export function mentionKeys(text: Root): string[] {
  return [...new Set(placesIn(text).flatMap(({ prefixes }) => prefixes.map(({ key }) => key)))];
}

/** See `MarkdownText`. */
export function mentionsIn(text: Root, people: readonly Mention[]): Mention[] {
  /** Null: several. */
  const byKey = new Map<string, Mention | null>();
  for (const { id, nickname } of people) {
    const key = normaliseKey(nickname);
    byKey.set(key, byKey.has(key) ? null : { id, nickname });
  }
  const named = placesIn(text).flatMap(({ prefixes }) => {
    const longest = prefixes.find(({ key }) => byKey.has(key));
    return (longest && byKey.get(longest.key)) ?? [];
  });
  return [...new Set(named)];
}

/**
 * Where people may be named in one stretch of prose. An `@` counts at the start, after a space, punctuation or a CJK
 * character, so that e-mail addresses name nobody; a name ends where a Latin word ends, so that `@Anna` is not found
 * in `@Annabelle`, while `@小明你好` names 小明.
 */
export function mentionPlaces(text: string, most: number): MentionPlace[] {
  const places: MentionPlace[] = [];
  for (const { index } of text.matchAll(/@(?![@\s])/g)) {
    if (places.length >= most) break;
    if (isWord(lastOf(text.slice(Math.max(0, index - 2), index)))) continue;
    const prefixes = prefixesAt(text, index + 1);
    if (prefixes.length > 0) places.push({ start: index, prefixes: prefixes.toReversed() });
  }
  return places;
}

function placesIn(tree: Root): MentionPlace[] {
  const places: MentionPlace[] = [];
  visitProse(tree, (text) => places.push(...mentionPlaces(text, MOST_MENTIONS - places.length)));
  return places;
}

function prefixesAt(text: string, start: number): MentionPlace['prefixes'] {
  const line = text.slice(start, start + 2 * LONGEST_NAME).split('\n', 1)[0]!;
  const characters = [...line].slice(0, LONGEST_NAME + 1);
  const prefixes: MentionPlace['prefixes'] = [];
  let end = start;
  for (const [at, character] of characters.slice(0, LONGEST_NAME).entries()) {
    end += character.length;
    const insideWord = isWord(character) && isWord(characters[at + 1] ?? '');
    if (insideWord || /\s/.test(character)) continue;
    prefixes.push({ key: normaliseKey(text.slice(start, end)), end });
  }
  return prefixes.filter(({ key }) => key !== '');
}

const lastOf = (text: string): string => [...text].at(-1) ?? '';

/** Of a word that spaces or punctuation end. */
function isWord(character: string): boolean {
  return /[\p{L}\p{M}\p{N}_+]/u.test(character) && !isCjk(character);
}
