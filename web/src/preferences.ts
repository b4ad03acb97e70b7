import { reactive, watch } from 'vue';

export type Theme = 'system' | 'light' | 'dark';
export type Locale = 'zh-CN' | 'en';

/** What this browser remembers. Language and time zone of an account come from the account once it is known. */
export const preferences = reactive({
  theme: read<Theme>('theme', ['system', 'light', 'dark']) ?? 'system',
  /** undefined: as the browser says */
  locale: read<Locale>('locale', ['zh-CN', 'en']),
  /** Not a secret: whether asking for a token by the cookie is worth a request. */
  signedIn: read('signedIn', ['yes']) !== undefined,
});

watch(
  () => ({ ...preferences }),
  ({ theme, locale, signedIn }) => {
    write('theme', theme === 'system' ? undefined : theme);
    write('locale', locale);
    write('signedIn', signedIn ? 'yes' : undefined);
  },
  { flush: 'sync' },
);

function read<T extends string>(name: string, known: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(`higroup.${name}`);
    return known.find((one) => one === value);
  } catch {
    return undefined; // Storage may be forbidden.
  }
}

function write(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`higroup.${name}`);
    else localStorage.setItem(`higroup.${name}`, value);
  } catch {
    // Storage may be forbidden; it holds for this page, then.
  }
}
