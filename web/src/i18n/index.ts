import { createI18n } from 'vue-i18n';
import { preferences, type Locale } from '@/preferences';
import { loadTexts, startLocale } from './texts';

export const i18n = createI18n({
  legacy: false,
  locale: startLocale(),
  messages: {},
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
});

/** For what is no component; components take `t` of `useI18n()`. */
export const t = i18n.global.t as (key: string, named?: Record<string, unknown>) => string;

export const currentLocale = (): Locale => i18n.global.locale.value as Locale;

const loaded = new Set<Locale>();
let wanted: Locale;

/** Loads a language, if need be, and switches to it. */
export async function switchLocale(locale: Locale): Promise<void> {
  wanted = locale;
  if (!loaded.has(locale)) {
    const { messages } = await loadTexts(locale);
    i18n.global.setLocaleMessage(locale, messages as never);
    loaded.add(locale);
  }
  // Another one was asked for while this was on its way.
  if (locale !== wanted) return;
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}

/** The language the person has chosen, on whatever device. */
export function useLocaleOf(profile: { language: Locale | null }): void {
  if (!profile.language || profile.language === preferences.locale) return;
  preferences.locale = profile.language;
  void switchLocale(profile.language);
}
