/** Quotes and lists in one another, opened by one line. */
const MOST_DEPTH = 12;
/** Marks of quotes and lists of the whole text. */
const MOST_CONTAINERS = 4_000;
const MOST_LINES = 2_000;
/** Runs of `*`, `_` and `~` between two blank lines. */
const MOST_MARKERS = 800;
/** Brackets in one another: links in pictures in links. */
const MOST_BRACKETS = 32;
/** Cells of all tables; a short row is filled up to the width of its table. */
const MOST_CELLS = 10_000;

const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm;
const DELIMITER_ROW = /^[ \t>]*[|:-][ \t|:-]*$/gm;
/** An underscore inside of a word marks nothing. */
const MARKERS = /[*~]+|(?<!\w)_+|_+(?!\w)/g;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Whether reading a text as Markdown would cost more than a fraction of a second: the parser's time grows with the
 * square of these. Nobody writes such a text for people to read; in 20 000 characters of prose, lists and tables
 * none of the limits is near.
 */
export function isTangled(source: string): boolean {
  const lines = count(source, /\n/g);
  if (lines > MOST_LINES) return true;
  const columns = (source.match(DELIMITER_ROW) ?? []).map((row) => count(row, /\|/g));
  if (sum(columns) * lines > MOST_CELLS) return true;
  const depths = (source.match(CONTAINERS) ?? []).map((prefix) => count(prefix, />|[-+*.)]/g));
  if (depths.some((depth) => depth > MOST_DEPTH) || sum(depths) > MOST_CONTAINERS) return true;
  const blocks = source.split(/\n[ \t]*\n/);
  return blocks.some((block) => count(block, MARKERS) > MOST_MARKERS || bracketDepth(block) > MOST_BRACKETS);
}

function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]]/g)) {
    depth = bracket === '[' ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
