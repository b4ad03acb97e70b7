import type { Locale } from '../preferences';
import { remembered } from '../remembered';

export const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

/** Each language is a chunk of its own; only the one in use is loaded. */
const LOADERS: Record<Locale, () => Promise<{ messages: Record<string, unknown> }>> = {
  'zh-CN': () => import('../locales/zh-CN'),
  en: () => import('../locales/en'),
};
export const loadTexts = (locale: Locale) => LOADERS[locale]();

/** The chosen one, else that of the browser. */
export const startLocale = (): Locale =>
  LOCALES.find((locale) => locale === remembered('locale')) ?? deviceLocale();

export function deviceLocale(): Locale {
  return navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))?.startsWith('zh') ? 'zh-CN' : 'en';
}
