import { describe, expect, it } from 'vitest';
import { MarkdownText } from './render-markdown.js';

const people = ['小明', 'Anna', 'Anna Lee', 'Bob', 'ＢＯＢ２', 'x_y', 'Twin', 'twin'].map((nickname, at) => ({
  id: at + 1,
  nickname,
}));
const named = (source: string) => new MarkdownText(source).mentionsIn(people).map(({ nickname }) => nickname);

const keys = (source: string) => new MarkdownText(source).mentionKeys();

describe('mentionsIn', () => {
  it.each([
    ['@小明你好', ['小明']],
    ['你好@小明', ['小明']],
    ['（@Bob）, @ANNA!', ['Bob', 'Anna']],
    ['@Anna Lee writes', ['Anna Lee']],
    ['@Anna leeds', ['Anna']],
    ['@Anna\nLee', ['Anna']],
    ['@Annabelle', []],
    ['@Anna你好', ['Anna']],
    ['@bob2', ['ＢＯＢ２']],
    ['@x_y', ['x_y']],
    ['@x_yz', []],
    ['mail@Bob.cn', []],
    ['mail+@Bob', []],
    ['`@Bob`', []],
    ['```\n@Bob\n```', []],
    ['[@Bob](http://a.cn) https://a.cn/@Bob', []],
    ['**@Bob** @@Bob', ['Bob']],
    ['@Bob @bob @BOB', ['Bob']],
    ['@Twin', []],
    ['@ Bob @', []],
  ])('finds in %j: %j', (source, names) => {
    expect(named(source)).toEqual(names);
  });

  it('says who it is, and no more of him', () => {
    const bob = { id: 4, nickname: 'Bob', phone: '+86' };
    expect(new MarkdownText('@bob').mentionsIn([bob])).toEqual([{ id: 4, nickname: 'Bob' }]);
  });
});

describe('mentionKeys', () => {
  it('are all beginnings that could be a name', () => {
    expect(keys('@Anna Lee!').sort()).toEqual(['anna', 'anna lee', 'anna lee!']);
    expect(keys('nobody')).toEqual([]);
  });

  it('are bounded', () => {
    expect(keys('@小'.repeat(500)).length).toBeLessThanOrEqual(320);
    expect(keys(`@${'字'.repeat(99)}`)).toHaveLength(32);
    const eleven = Array.from({ length: 11 }, (_, at) => `@n${at}`).join('\n');
    expect(keys(eleven)).not.toContain('n10');
  });
});
