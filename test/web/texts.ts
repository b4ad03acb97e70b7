import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createI18n } from 'vue-i18n';

const LOCALES = resolve(import.meta.dirname, '../../web/src/locales');

export type Language = 'zh-CN' | 'en';

/** A text of the client by its key, as it is shown: `t('posts.comments', { n: 2 }, 2)`. */
export type Texts = (key: string, values?: Record<string, unknown>, count?: number) => string;

/** @throws of a key that the client has no text for, so that no test waits for what is never shown */
export function textsOf(language: Language): Texts {
  const folder = join(LOCALES, language);
  const messages = Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>,
      ]),
  );
  const { t, te } = createI18n({ legacy: false, locale: language, messages: { [language]: messages } })
    .global as unknown as {
    t(key: string, values: Record<string, unknown>, count?: number): string;
    te(key: string): boolean;
  };
  return (key, values = {}, count) => {
    if (!te(key)) throw new Error(`no text ${key} in ${language}`);
    return count === undefined ? t(key, values) : t(key, values, count);
  };
}
