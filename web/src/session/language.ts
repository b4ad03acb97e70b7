import { http, unwrap } from '@/api/client';
import { queryClient } from '@/api/query-client';
import { switchLocale } from '@/i18n';
import { deviceLocale } from '@/i18n/texts';
import { preferences, type Locale } from '@/preferences';
import { setMe, useSession } from './session';

/**
 * Switches at once, and keeps it with the account of who is signed in.
 * @param language null: as the device says
 * @throws ApiError when the account could not be told; it holds in this browser, then
 */
export async function chooseLanguage(language: Locale | null): Promise<void> {
  const { isSignedIn } = useSession();
  preferences.locale = language ?? undefined;
  await switchLocale(language ?? deviceLocale());
  // Some answers hold words, too.
  void queryClient.invalidateQueries();
  if (!isSignedIn.value) return;
  const me = await unwrap(http.PATCH('/api/v1/me', { body: { language } }));
  // Unless another was chosen meanwhile.
  if (preferences.locale === (language ?? undefined)) setMe(me);
}
