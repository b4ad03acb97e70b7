import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseKey } from './normalise-key.js';

describe('normaliseKey', () => {
  it.each([
    ['case', 'Reading', 'rEADING'],
    ['width', 'ＲＥＡＤ１', 'read1'],
    ['spaces at the ends', '  read ', 'read'],
    ['kinds and numbers of spaces', 'a \u3000\t b', 'a b'],
    ['zero-width characters', 'r\u200be\u200da\ufeffd', 'read'],
    ['soft hyphens and fillers', 're\u00adad\u3164', 'read'],
    ['ligatures', 'ﬁt', 'FIT'],
    ['ß and SS', 'Straße', 'STRASSE'],
    ['final sigma', 'ΟΔΟΣ', 'οδος'],
    ['composed and decomposed accents', 'caf\u00e9', 'cafe\u0301'],
  ])('does not tell names apart by %s', (_what, a, b) => expect(normaliseKey(a)).toBe(normaliseKey(b)));

  it.each([
    ['an accent', 'a', 'á'],
    ['an emoji', '🏃', '📚'],
    ['a character', '晨跑', '夜跑'],
  ])('tells names apart by %s', (_what, a, b) => expect(normaliseKey(a)).not.toBe(normaliseKey(b)));

  it('is the same done twice', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => normaliseKey(normaliseKey(text)) === normaliseKey(text),
      ),
      { numRuns: 3000 },
    );
  });

  it('is the same for a name and for it in capitals', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => normaliseKey(text.toUpperCase()) === normaliseKey(text),
      ),
      { numRuns: 2000 },
    );
  });

  it('stays within a column although one character may unfold to eighteen', () => {
    expect([...normaliseKey('\ufdfa'.repeat(40))].length).toBe(720);
    expect([...normaliseKey('\ufdfa'.repeat(40), 160)].length).toBeLessThanOrEqual(160);
    expect(normaliseKey('🏃🏃🏃', 2)).toBe('🏃🏃');
  });
});
