import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const web = resolve(import.meta.dirname, '../../web/src');
const LOCALES = ['en', 'zh-CN'] as const;

const filesOf = (folder: string, pattern: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .toSorted();

/** Every text of a language by its key, e.g. `common.error.offline`. */
function textsOf(locale: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') texts.set(key, value);
    else for (const [name, inner] of Object.entries(value as object)) walk(inner, `${key}.${name}`);
  };
  for (const file of filesOf(join(web, 'locales', locale), /^[^/]+\.json$/))
    walk(
      JSON.parse(readFileSync(join(web, 'locales', locale, file), 'utf8')),
      file.slice(0, -'.json'.length),
    );
  return texts;
}

const texts = Object.fromEntries(LOCALES.map((locale) => [locale, textsOf(locale)]));
const areas = new Set([...texts.en!.keys()].map((key) => key.split('.')[0]!));

/** What the sources ask for: whole keys, and beginnings of keys that are put together (`group.role.${role}`). */
const asked = (() => {
  const keys = new Map<string, string>();
  const prefixes = new Set<string>();
  const isKey = (key: string) => areas.has(key.split('.')[0]!);
  for (const file of filesOf(web, /(?<!\.spec|\.d)\.(vue|ts)$/)) {
    // The names of fields that the server complains of look the same.
    const source = readFileSync(join(web, file), 'utf8').replaceAll(/\berrors\(\s*'[^']*'/g, '');
    for (const [, key] of source.matchAll(/['`]([a-z][A-Za-z]*(?:\.[A-Za-z0-9_-]+)+)['`]/g))
      if (isKey(key!)) keys.set(key!, file);
    for (const [, key] of source.matchAll(/\s(?!v-)[a-z-]+="([a-z]\w*(?:\.\w+)+)"/g))
      if (isKey(key!)) keys.set(key!, file);
    for (const [, prefix] of source.matchAll(/`([a-z][A-Za-z]*\.(?:[A-Za-z0-9_.-]+\.)?)[A-Za-z0-9_-]*\$\{/g))
      if (isKey(prefix!)) prefixes.add(prefix!);
  }
  return { keys, prefixes: [...prefixes] };
})();

const placeholders = (text: string) => [...new Set(text.match(/\{\s*\w+\s*\}/g))].toSorted();

describe('the texts of the client', () => {
  it('are there in both languages, each with the same placeholders', () => {
    expect([...texts['zh-CN']!.keys()].toSorted()).toEqual([...texts.en!.keys()].toSorted());
    for (const [key, text] of texts.en!) {
      const chinese = texts['zh-CN']!.get(key)!;
      expect([key, placeholders(chinese)]).toEqual([key, placeholders(text)]);
      expect([key, text.trim(), chinese.trim()]).not.toContain('');
    }
  });

  it('exist wherever they are asked for', () => {
    const missing = [...asked.keys].filter(([key]) => !texts.en!.has(key) && !isBeginning(key));
    expect(missing).toEqual([]);
  });

  it('are all asked for somewhere', () => {
    const isAsked = (key: string) =>
      asked.keys.has(key) || asked.prefixes.some((prefix) => key.startsWith(prefix));
    expect([...texts.en!.keys()].filter((key) => !isAsked(key))).toEqual([]);
  });
});

/** A branch of texts that is handed on by its name (`confirmTexts('group.leave')`). */
function isBeginning(key: string): boolean {
  return [...texts.en!.keys()].some((one) => one.startsWith(`${key}.`));
}
