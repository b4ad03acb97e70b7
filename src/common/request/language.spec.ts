import { expect, it } from 'vitest';
import { languageOf } from './language.js';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['zh', 'zh'],
  ['ZH-TW', 'zh'],
  ['fr-FR,zh;q=0.5', 'zh'],
  ['fr-FR', 'en'],
  ['zh;q=0.1, en;q=0.2', 'en'],
  ['en;q=0, zh;q=0.1', 'zh'],
  ['*', 'en'],
  ['zhx', 'en'],
  ['zh;q=abc', 'en'],
  [`${'fr,'.repeat(10_000)}zh`, 'en'],
])('answers Accept-Language: %s in the language the reader prefers', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
