/** A text field as far as writing Markdown is concerned: its text, and what is selected of it. */
export interface Field {
  text: string;
  start: number;
  end: number;
}

/** Put `insert` in the place of `from`…`to`, then select `start`…`end`. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

/**
 * Marks on both sides of what is selected, or takes them away; without a selection around the caret.
 * @param mark e.g. `**`
 */
export function toggleMark({ text, start, end }: Field, mark: string): Edit {
  const size = mark.length;
  const inside = text.slice(start, end);
  if (inside.length >= 2 * size && isMarked(inside, mark)) {
    const bare = inside.slice(size, -size);
    return { from: start, to: end, insert: bare, start, end: start + bare.length };
  }
  const around = text.slice(Math.max(0, start - size), end + size);
  if (start >= size && around.length === inside.length + 2 * size && isMarked(around, mark)) {
    return {
      from: start - size,
      to: end + size,
      insert: inside,
      start: start - size,
      end: end - size,
    };
  }
  // Marks beside a space mark nothing: they move to the words.
  const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(inside)!;
  const at = start + before!.length + size;
  return {
    from: start,
    to: end,
    insert: `${before}${mark}${words}${mark}${after}`,
    start: at,
    end: at + words!.length,
  };
}

const isMarked = (text: string, mark: string) =>
  text.startsWith(mark) &&
  text.endsWith(mark) &&
  // *bold* is not a part of **bold**
  !(mark.length === 1 && (text.startsWith(mark.repeat(2)) || text.endsWith(mark.repeat(2))));

/** Code: a block when there are several lines, else within the line. */
export function toggleCode(field: Field): Edit {
  const { text, start, end } = field;
  const inside = text.slice(start, end);
  if (!inside.includes('\n')) return toggleMark(field, '`');
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : '';
  const after = end < text.length && text[end] !== '\n' ? '\n' : '';
  const at = start + before.length + 4;
  return {
    from: start,
    to: end,
    insert: `${before}\`\`\`\n${inside}\n\`\`\`${after}`,
    start: at,
    end: at + inside.length,
  };
}

/** Begins each selected line with `prefix`, or takes it away when all have it. */
export function togglePrefix({ text, start, end }: Field, prefix: string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end > start && text[end - 1] === '\n' ? end - 1 : end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(prefix));
  const insert = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join('\n');
  // A caret stays where it was in its line; a selection covers the lines.
  if (start === end) {
    const caret = Math.max(from, start + (all ? -prefix.length : prefix.length));
    return { from, to, insert, start: caret, end: caret };
  }
  return { from, to, insert, start: from, end: from + insert.length };
}

/** A link of what is selected: words keep their place and the address is to be written, or the other way round. */
export function insertLink({ text, start, end }: Field): Edit {
  const inside = text.slice(start, end);
  if (/^(https?:\/\/|mailto:|\/)\S+$/.test(inside)) {
    return { from: start, to: end, insert: `[](${inside})`, start: start + 1, end: start + 1 };
  }
  const address = 'https://';
  const at = start + inside.length + 3;
  return {
    from: start,
    to: end,
    insert: `[${inside}](${address})`,
    ...(inside ? { start: at, end: at + address.length } : { start: start + 1, end: start + 1 }),
  };
}

/** What Enter does in a list or quote: goes on with it, or ends it in an empty point. undefined: a plain new line. */
export function continueLine({ text, start, end }: Field): Edit | undefined {
  if (start !== end) return undefined;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const match = /^(\s*)(?:([-*+])( \[[ xX]\])?|(\d{1,9})([.)])|(>)) /.exec(text.slice(from, start));
  if (!match) return undefined;
  const [whole, indent, bullet, box, number, dot] = match;
  if (start - from === whole.length) return { from, to: start, insert: '', start: from, end: from };
  const next = bullet ? `${bullet}${box ? ' [ ]' : ''}` : number ? `${Number(number) + 1}${dot}` : '>';
  const insert = `\n${indent}${next} `;
  return { from: start, to: start, insert, start: start + insert.length, end: start + insert.length };
}

/** The beginning of a name after `@` at the caret; names follow a space, punctuation or a CJK character. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | undefined {
  const match = /(?:^|[^\p{Script=Latin}\p{N}_@])@([^\s@]{0,32})$/u.exec(text.slice(0, caret));
  return match ? { from: caret - match[1]!.length - 1, query: match[1]! } : undefined;
}

/** Puts a name in the place of what was begun. */
export function insertMention({ text, end }: Field, from: number, nickname: string): Edit {
  const insert = `@${nickname}${text[end] === ' ' ? '' : ' '}`;
  const caret = from + nickname.length + 2;
  return { from, to: end, insert, start: caret, end: caret };
}
