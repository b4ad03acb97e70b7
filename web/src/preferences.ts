import { reactive, watch } from 'vue';
import { remember, remembered } from './remembered';

export type Theme = 'system' | 'light' | 'dark';
export type Locale = 'zh-CN' | 'en';

/** What this browser remembers. Language and time zone of an account come from the account once it is known. */
export const preferences = reactive({
  theme: read<Theme>('theme', ['system', 'light', 'dark']) ?? 'system',
  /** undefined: as the browser says */
  locale: read<Locale>('locale', ['zh-CN', 'en']),
  /** Not a secret: whether asking for a token by the cookie is worth a request. */
  signedIn: read('signedIn', ['yes']) !== undefined,
  /** Signed out without a network: the server has still to be told. */
  leaving: read('leaving', ['yes']) !== undefined,
});

// One by one: what another tab has written meanwhile stays.
keep('theme', (theme) => (theme === 'system' ? undefined : theme));
keep('locale', (locale) => locale);
keep('signedIn', (signedIn) => (signedIn ? 'yes' : undefined));
keep('leaving', (leaving) => (leaving ? 'yes' : undefined));

function keep<K extends keyof typeof preferences>(
  name: K,
  toText: (value: (typeof preferences)[K]) => string | undefined,
): void {
  watch(
    () => preferences[name],
    (value) => remember(name, toText(value)),
    { flush: 'sync' },
  );
}

function read<T extends string>(name: string, known: readonly T[]): T | undefined {
  return known.find((one) => one === remembered(name));
}
