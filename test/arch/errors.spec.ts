import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/common/errors/error-codes.js';

const src = resolve(import.meta.dirname, '../../src');

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) =>
      file.endsWith('.ts') && !/\.spec(-support)?\.ts$/.test(file) && !file.endsWith('error-codes.ts'),
  )
  .map((file) => ({ file, text: readFileSync(resolve(src, file), 'utf8') }));

describe('the error catalogue', () => {
  it('has no cause that nothing can answer', () => {
    const unused = Object.keys(ERROR_CATALOGUE).filter(
      (name) => !sources.some(({ text }) => text.includes(`'${name}'`)),
    );
    expect(unused).toEqual([]);
  });

  it('is the only source of failures: nothing throws the exceptions of Nest', () => {
    const guilty = sources.filter(({ text }) => /\bnew \w+Exception\(/.test(text)).map(({ file }) => file);
    expect(guilty).toEqual([]);
  });
});

describe('input', () => {
  it('comes to a route as a whole DTO or through a parameter decorator of ours', () => {
    // A single value of a query would be cast, not validated: `?q=a&q=b` becomes "a,b".
    const guilty = sources
      .filter(({ text }) => /@(Query|Body)\([^)]|@Param\(/.test(text))
      .map(({ file }) => file);
    expect(guilty).toEqual([]);
  });
});
