import { expect, it } from 'vitest';
import { CONTENT_LIMITS } from '../content/content.limits.js';
import { MarkdownText, renderMarkdown } from './render-markdown.js';

const SIZE = CONTENT_LIMITS.body;
const fill = (unit: string) => unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);
const around = (open: string, middle: string, close: string) => {
  const depth = Math.floor(SIZE / (open.length + close.length)) - 1;
  return open.repeat(depth) + middle + close.repeat(depth);
};

/** Repeated to 20 000 characters. Without limits several of them take seconds, minutes or the whole stack. */
const UNITS = [
  '>', '> ', '>a\n\n', '- ', '1. ', '> - ', '- a\n', '- a\n\n', 'a\n', 'a\n\n', 'a\n---\n', '# a\n', '---\n',
  '*', '*a ', '**a ', '*a_ ', 'a_ *b ', '**x*', '_a', '~~', '~~a ', '*a **b ', '*`', '`', '``a`', '```\n',
  '[', '![', '[]', '[a](', '[a](b) ', '![a](b)', '[a][', '[[a](', '[a]: b\n', '[![', '](', '<', '<a ', '<!--', '&', '&a;', '\\',
  '|', '|a', '| a |\n', '@', '@a ', '@。', '@a b c ', 'h', 'http://', 'https://a.cn ', 'https://a........', 'https://a.cn/(', 'www.', 'a@b.cn ',
  '- [x] ', '\t', '    a\n', '中文，**a**', '\u0000',
]; // prettier-ignore

const SHAPES = {
  emphasis: around('*a ', 'x', 'b* '),
  'mixed emphasis': around('*a **b ', 'x', ' c** d*'),
  pictures: around('![', 'x', '](b)'),
  links: around('[![', 'x', '](b)](c)'),
  'thirty pictures each': `${'!['.repeat(30)}a${'](b)'.repeat(30)} `.repeat(100),
  'twelve lists each': fill(`${'- '.repeat(12)}a\n`),
  'twelve quotes each': fill(`${'> '.repeat(12)}a\n\n`),
  'deeper lists': Array.from({ length: 190 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
  'wide table': `${'|a'.repeat(3_300)}|\n${'|-'.repeat(3_300)}|\n${'|a\n'.repeat(2_000)}`,
  'wide enough table': `${'|a'.repeat(40)}|\n${'|-'.repeat(40)}|\n${'a\n'.repeat(240)}`,
  'long table': fill('|a|b|\n|-|-|\n'),
  references: `[a]: b\n\n${fill('[a]')}`,
  'emphasis of many paragraphs': `${'*a_ '.repeat(395)}\n\n`.repeat(12),
};

const cases: [string, string][] = [
  ...UNITS.map((unit): [string, string] => [JSON.stringify(unit), fill(unit)]),
  ...Object.entries(SHAPES),
];

it.each(cases)('renders 20 000 characters of %s soon, and in proportion', (_, source) => {
  const begun = process.cpuUsage();
  const text = new MarkdownText(source);
  const html = text.render({ mentions: [{ id: 1, nickname: 'a b' }] });
  text.mentionKeys();
  text.excerpt();
  const { user, system } = process.cpuUsage(begun);
  // Microseconds of CPU, so that a busy machine changes nothing; the slowest takes a sixth of this.
  expect(user + system).toBeLessThan(2_000_000);
  expect(html.length).toBeLessThan(60 * SIZE);
});

it('reads what is too tangled as plain text, people and breaks included', () => {
  const source = `${'>'.repeat(40)}a\n@小明 **b**\n\nc`;
  expect(renderMarkdown(source, { mentions: [{ id: 7, nickname: '小明' }] })).toBe(
    `<p>${'>'.repeat(40)}a<br>\n<a href="/users/7" class="mention">@小明</a> **b**</p>\n<p>c</p>`,
  );
});
