import { describe, expect, it } from 'vitest';
import { diffTexts } from './text-diff';

/** `the [-old-]{+new+} text` */
const shown = (before: string, after: string) =>
  diffTexts(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('');

describe('diffTexts', () => {
  it('says nothing of equal texts', () => {
    expect(diffTexts('one\ntwo', 'one\ntwo')).toEqual([{ kind: 'same', text: 'one\ntwo' }]);
    expect(diffTexts('', '')).toEqual([]);
  });
  it('finds the words that changed in a line', () => {
    expect(shown('I ran five miles today', 'I ran six miles today')).toBe(
      'I ran [-five-]{+six+} miles today',
    );
  });
  it('compares Chinese by characters', () => {
    expect(shown('今天跑了五公里', '今天跑了十公里')).toBe('今天跑了[-五-]{+十+}公里');
  });
  it('finds lines that came and went', () => {
    expect(shown('one\ntwo\nthree\n', 'one\nthree\nfour\n')).toBe('one\n[-two\n-]three\n{+four\n+}');
  });
  it('tells the beginning from the end', () => {
    expect(shown('b', 'a b c')).toBe('{+a +}b{+ c+}');
  });
  it('puts both texts together again, however long they are', () => {
    const line = (of: string) => (_: unknown, index: number) =>
      `${of} ${index % 7} ${'x'.repeat(index % 5)}\n`;
    const before = Array.from({ length: 1_800 }, line('a')).join('');
    const after = Array.from({ length: 1_900 }, line('b')).join('');
    const parts = diffTexts(before, after);
    const of = (kind: string) =>
      parts
        .filter((part) => part.kind === 'same' || part.kind === kind)
        .map(({ text }) => text)
        .join('');
    expect(of('removed')).toBe(before);
    expect(of('added')).toBe(after);
  });
});
