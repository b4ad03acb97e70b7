import type { Api } from '@/api/client';
import { toApiError } from '@/api/errors';
import { currentLocale } from '@/i18n';
import { preferences } from '@/preferences';
import { askForTokens, oneTabAtATime } from './early';

/**
 * The access token lives in this variable and nowhere else; the refresh token in a cookie no script can read
 * (docs/decisions/0020). So a script that gets into the page finds nothing to carry away.
 */
let token: { value: string; expiresAt: number } | undefined;
let refreshing: Promise<string | undefined> | undefined;
const endListeners = new Set<() => void>();

/** Renewed this long before it expires, so that no request is on its way when it does. In milliseconds. */
const MARGIN = 30_000;

/** @param expiresIn in seconds */
export function keepToken({
  accessToken: value,
  expiresIn,
}: Pick<Api['TokensDto'], 'accessToken' | 'expiresIn'>) {
  // Not performance.now(), which stands still while a laptop sleeps.
  token = { value, expiresAt: Date.now() + expiresIn * 1_000 };
  preferences.signedIn = true;
}

export function dropToken(): void {
  token = undefined;
  preferences.signedIn = false;
}

/** Called when the session turns out to be over, not when the person signs out. */
export function onSessionEnd(listener: () => void): void {
  endListeners.add(listener);
}

/**
 * A token that is good for a while, fetched anew when needed; undefined: nobody is signed in.
 * @throws ApiError when the server cannot be reached
 */
export async function accessToken(): Promise<string | undefined> {
  if (token && Date.now() < token.expiresAt - MARGIN) return token.value;
  // Without this note every visit of a stranger would begin with a refused request.
  if (!preferences.signedIn) return undefined;
  return renewToken();
}

/** How long the present token is still good, in milliseconds; 0: there is none. */
export const tokenLifeLeft = (): number => (token ? token.expiresAt - Date.now() : 0);

/** For a request whose token was refused before its time: the session was ended elsewhere, or the role has changed. */
export function tokenInsteadOf(refused: string): Promise<string | undefined> {
  return token?.value === refused ? renewToken() : accessToken();
}

/** A new token by the cookie, whatever the present one is. Parallel callers share one request. */
export function renewToken(): Promise<string | undefined> {
  refreshing ??= oneTabAtATime(refresh).finally(() => (refreshing = undefined));
  return refreshing;
}

async function refresh(): Promise<string | undefined> {
  let response: Response;
  try {
    response = await askForTokens(currentLocale());
  } catch {
    throw toApiError(0);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    keepToken((body as Api['TokensAnswer']).data);
    return token?.value;
  }
  if (response.status !== 401) throw toApiError(response.status, body);
  dropToken();
  endListeners.forEach((listener) => listener());
  return undefined;
}
