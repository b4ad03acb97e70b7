import { createI18n } from 'vue-i18n';
import { preferences, type Locale } from '@/preferences';

export const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

/** Each language is a chunk of its own; only the one in use is loaded. */
const LOADERS: Record<Locale, () => Promise<{ messages: Record<string, unknown> }>> = {
  'zh-CN': () => import('@/locales/zh-CN'),
  en: () => import('@/locales/en'),
};

export const i18n = createI18n({
  legacy: false,
  locale: preferences.locale ?? deviceLocale(),
  messages: {},
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
});

/** For what is no component; components take `t` of `useI18n()`. */
export const t = i18n.global.t as (key: string, named?: Record<string, unknown>) => string;

export const currentLocale = (): Locale => i18n.global.locale.value as Locale;

const loaded = new Set<Locale>();

/** Loads a language, if need be, and switches to it. */
export async function switchLocale(locale: Locale): Promise<void> {
  if (!loaded.has(locale)) {
    const { messages } = await LOADERS[locale]();
    i18n.global.setLocaleMessage(locale, messages as never);
    loaded.add(locale);
  }
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}

/** The language the person has chosen, on whatever device. */
export function useLocaleOf(profile: { language: Locale | null }): void {
  if (!profile.language || profile.language === preferences.locale) return;
  preferences.locale = profile.language;
  void switchLocale(profile.language);
}

export function deviceLocale(): Locale {
  return navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))?.startsWith('zh') ? 'zh-CN' : 'en';
}
