/** A stretch of text that both versions have, or only the one before, or only the one after. */
export interface Part {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** A comparison fills a table of this many cells at most; what needs more is shown as replaced. */
const MAX_CELLS = 2_000_000;

/** What became of a text: line by line, and word by word (in Chinese character by character) in lines that changed. */
export function diffTexts(before: string, after: string): Part[] {
  const parts = diff(linesOf(before), linesOf(after)).flatMap((part, index, all) => {
    const next = all[index + 1];
    const previous = all[index - 1];
    if (part.kind === 'removed' && next?.kind === 'added')
      return diff(wordsOf(part.text), wordsOf(next.text));
    if (part.kind === 'added' && previous?.kind === 'removed') return [];
    return [part];
  });
  return merged(parts);
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const wordsOf = (text: string) => text.match(/\s+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+|[^]/gu) ?? [];

/** The longest common subsequence; removals stand before additions. */
function diff(before: readonly string[], after: readonly string[]): Part[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endA, endB] = [before.length, after.length];
  while (endA > start && endB > start && before[endA - 1] === after[endB - 1]) {
    endA--;
    endB--;
  }
  return merged([
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, endA), after.slice(start, endB)),
    ...before.slice(endA).map(same),
  ]);
}

function middle(a: readonly string[], b: readonly string[]): Part[] {
  if (a.length * b.length > MAX_CELLS) return [...a.map(removed), ...b.map(added)];
  // common[i][j]: how many of a[i…] and b[j…] are common to both.
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push(same(a[i++]!));
      j++;
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      parts.push(removed(a[i++]!));
    else parts.push(added(b[j++]!));
  }
  return parts;
}

const same = (text: string): Part => ({ kind: 'same', text });
const removed = (text: string): Part => ({ kind: 'removed', text });
const added = (text: string): Part => ({ kind: 'added', text });

/** Neighbours of a kind as one; in a run of changes what was removed comes first. */
function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  let [gone, come] = ['', ''];
  const flush = () => {
    if (gone) result.push(removed(gone));
    if (come) result.push(added(come));
    [gone, come] = ['', ''];
  };
  for (const { kind, text } of parts) {
    if (kind === 'removed') gone += text;
    else if (kind === 'added') come += text;
    else {
      flush();
      const last = result.at(-1);
      if (last?.kind === 'same') last.text += text;
      else result.push(same(text));
    }
  }
  flush();
  return result;
}
