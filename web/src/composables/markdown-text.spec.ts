import { describe, expect, it } from 'vitest';
import {
  continueLine,
  type Edit,
  type Field,
  insertLink,
  insertMention,
  mentionAt,
  toggleCode,
  toggleMark,
  togglePrefix,
} from './markdown-text';

/** `a [b] c`: b is selected; `a | b`: the caret. */
function field(shown: string): Field {
  const text = shown.replace(/[⟦⟧|]/g, '');
  const caret = shown.indexOf('|');
  if (caret >= 0) return { text, start: caret, end: caret };
  const start = shown.indexOf('⟦');
  return { text, start, end: shown.indexOf('⟧') - 1 };
}

function after({ text }: Field, { from, to, insert, start, end }: Edit): string {
  const result = text.slice(0, from) + insert + text.slice(to);
  if (start === end) return `${result.slice(0, start)}|${result.slice(start)}`;
  return `${result.slice(0, start)}⟦${result.slice(start, end)}⟧${result.slice(end)}`;
}

const done = (shown: string, operation: (field: Field) => Edit) => {
  const before = field(shown);
  return after(before, operation(before));
};

describe('toggleMark', () => {
  const bold = (given: Field) => toggleMark(given, '**');

  it('marks what is selected and keeps it selected', () => {
    expect(done('Run ⟦far⟧ today', bold)).toBe('Run **⟦far⟧** today');
  });
  it('takes the marks away again, whether they are selected or not', () => {
    expect(done('Run **⟦far⟧** today', bold)).toBe('Run ⟦far⟧ today');
    expect(done('Run ⟦**far**⟧ today', bold)).toBe('Run ⟦far⟧ today');
  });
  it('puts the caret between the marks when nothing is selected', () => {
    expect(done('Run |', bold)).toBe('Run **|**');
    expect(done('Run **|**', bold)).toBe('Run |');
  });
  it('leaves spaces at the ends outside', () => {
    expect(done('Run⟦ far ⟧today', bold)).toBe('Run **⟦far⟧** today');
  });
  it('does not take half of a bold mark for an italic one', () => {
    expect(done('⟦**far**⟧', (given) => toggleMark(given, '*'))).toBe('*⟦**far**⟧*');
  });
});

describe('toggleCode', () => {
  it('stays in the line', () => {
    expect(done('the ⟦day⟧ field', toggleCode)).toBe('the `⟦day⟧` field');
  });
  it('makes a block of several lines, on lines of its own', () => {
    expect(done('so: ⟦a\nb⟧ end', toggleCode)).toBe('so: \n```\n⟦a\nb⟧\n```\n end');
  });
});

describe('togglePrefix', () => {
  const quote = (given: Field) => togglePrefix(given, '> ');

  it('begins the line of the caret with it, and keeps the caret', () => {
    expect(done('one\ntw|o', quote)).toBe('one\n> tw|o');
    expect(done('one\n> tw|o', quote)).toBe('one\ntw|o');
  });
  it('takes all lines that are touched', () => {
    expect(done('o⟦ne\ntw⟧o\nthree', quote)).toBe('⟦> one\n> two⟧\nthree');
    expect(done('⟦> one\n> two⟧', quote)).toBe('⟦one\ntwo⟧');
  });
  it('leaves the line after a selection that ends with a line break', () => {
    expect(done('⟦one\n⟧two', quote)).toBe('⟦> one⟧\ntwo');
  });
  it('works in an empty field', () => {
    expect(done('|', quote)).toBe('> |');
  });
});

describe('insertLink', () => {
  it('asks for the address of words', () => {
    expect(done('see ⟦here⟧', insertLink)).toBe('see [here](⟦https://⟧)');
  });
  it('asks for the words of an address', () => {
    expect(done('⟦https://example.com⟧', insertLink)).toBe('[|](https://example.com)');
  });
  it('begins with the words when there is nothing', () => {
    expect(done('see |', insertLink)).toBe('see [|](https://)');
  });
});

describe('continueLine', () => {
  const entered = (shown: string) => {
    const before = field(shown);
    const edit = continueLine(before);
    return edit && after(before, edit);
  };

  it.each([
    ['- one|', '- one\n- |'],
    ['  * one|', '  * one\n  * |'],
    ['9. nine|', '9. nine\n10. |'],
    ['- [x] done|', '- [x] done\n- [ ] |'],
    ['> said|', '> said\n> |'],
  ])('goes on after %j', (before, expected) => expect(entered(before)).toBe(expected));

  it('ends the list in an empty point', () => expect(entered('- one\n- |')).toBe('- one\n|'));
  it('leaves other lines alone', () => {
    expect(entered('plain|')).toBeUndefined();
    expect(entered('-no list|')).toBeUndefined();
    expect(entered('- ⟦one⟧')).toBeUndefined();
  });
});

describe('mentionAt', () => {
  it.each([
    ['@', { from: 0, query: '' }],
    ['hi @An', { from: 3, query: 'An' }],
    ['谢谢@小', { from: 2, query: '小' }],
    ['(@Bo', { from: 1, query: 'Bo' }],
  ])('finds the name begun in %j', (text, expected) =>
    expect(mentionAt(text, text.length)).toEqual(expected),
  );

  it.each(['mail a@example', 'hi @Ann and', 'nothing', '@@'])('finds none in %j', (text) =>
    expect(mentionAt(text, text.length)).toBeUndefined(),
  );
  it('looks before the caret only', () => expect(mentionAt('@Ann', 2)).toEqual({ from: 0, query: 'A' }));
});

describe('insertMention', () => {
  it('replaces what was begun and goes on behind a space', () => {
    expect(done('hi @An|', (given) => insertMention(given, 3, 'Ann'))).toBe('hi @Ann |');
    expect(done('hi @An| there', (given) => insertMention(given, 3, 'Ann'))).toBe('hi @Ann |there');
  });
});
