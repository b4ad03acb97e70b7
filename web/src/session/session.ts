import { computed, readonly, shallowRef } from 'vue';
import { abortRequests, http, unwrap, type Api } from '@/api/client';
import { hasStatus } from '@/api/errors';
import { useLocaleOf } from '@/i18n';
import { queryClient } from '@/api/query-client';
import { preferences } from '@/preferences';
import { meAskedEarly } from './early';
import { accessToken, dropToken, keepToken, onSessionEnd, renewToken } from './token';

type Me = Api['MeDto'];

const me = shallowRef<Me>();
/** Tabs share the cookie, so they share the person: his id, or null when he has signed out. */
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('higroup.session') : undefined;
const leaveListeners = new Set<(reason: 'signedOut' | 'ended') => void>();

/** Who is signed in. `me` is undefined before the first answer and for strangers. */
export function useSession() {
  return { me: readonly(me), isSignedIn: computed(() => me.value !== undefined) };
}

/** Me, where somebody has to be signed in, as on every page but those of signing in. */
export function useMe() {
  return computed<Me>((before) => {
    // A page that is being left is still drawn once.
    const known = me.value ?? before;
    if (!known) throw new Error('Nobody is signed in');
    return known;
  });
}

let starting: Promise<void> | undefined;

/**
 * Takes up the session that the cookie stands for, once.
 * @throws ApiError when the server cannot be reached; the next call tries again
 */
export function startSession(): Promise<void> {
  starting ??= takeUp().catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function takeUp(): Promise<void> {
  await finishLeaving();
  if (await accessToken()) become((await meAskedEarly()) ?? (await unwrap(http.GET('/api/v1/me'))));
}

function become(profile: Me): void {
  me.value = profile;
  useLocaleOf(profile);
}

/** After a change of my profile, unless I have left meanwhile. */
export function setMe(profile: Me): void {
  if (me.value?.id === profile.id) become(profile);
}

export async function signIn(body: Omit<Api['LoginDto'], 'refreshIn'>): Promise<void> {
  // Whose session is being ended must not be whoever enters meanwhile.
  await finishing?.catch(() => undefined);
  enter(await unwrap(http.POST('/api/v1/auth/login', { body: { ...body, refreshIn: 'cookie' } })));
}

export async function register(body: Omit<Api['RegisterDto'], 'refreshIn'>): Promise<void> {
  await finishing?.catch(() => undefined);
  enter(await unwrap(http.POST('/api/v1/auth/register', { body: { ...body, refreshIn: 'cookie' } })));
}

export async function signOut(): Promise<void> {
  const token = await accessToken().catch(() => {
    preferences.leaving = true;
  });
  // First, here and in other tabs: a socket that the server closes would ask for a new token, and be refused.
  abortRequests();
  leave('signedOut');
  channel?.postMessage(null);
  if (!token) return;
  // The request outlives the page (`keepalive`), but a page that is left at once sees it fail.
  let isPageLeft = false;
  const note = () => (isPageLeft = true);
  ['beforeunload', 'pagehide'].forEach((event) => addEventListener(event, note, { once: true }));
  try {
    await endSession({ authorization: `Bearer ${token}` });
  } catch {
    preferences.leaving = !isPageLeft;
  } finally {
    ['beforeunload', 'pagehide'].forEach((event) => removeEventListener(event, note));
  }
}

async function endSession(headers?: Record<string, string>): Promise<void> {
  try {
    await unwrap(http.POST('/api/v1/auth/logout', { headers, keepalive: true }));
  } catch (error) {
    // A session that is over already is what was wanted.
    if (!hasStatus(error, 401)) throw error;
  }
}

let finishing: Promise<void> | undefined;

/** Ends the session of one who has signed out without a network; the cookie still stands for it. */
function finishLeaving(): Promise<void> {
  finishing ??= endLeft().finally(() => (finishing = undefined));
  return finishing;
}

async function endLeft(): Promise<void> {
  if (!preferences.leaving) return;
  if (await renewToken()) await endSession();
  dropToken();
  preferences.leaving = false;
}

/** Called after signing out, here or in another tab, and when the session has ended by itself. */
export function onLeave(listener: (reason: 'signedOut' | 'ended') => void): void {
  leaveListeners.add(listener);
}

function enter({ user, ...tokens }: Api['SignedInDto']): void {
  keepToken(tokens);
  preferences.leaving = false;
  queryClient.clear();
  starting = Promise.resolve();
  become(user);
  channel?.postMessage(user.id);
}

function leave(reason: 'signedOut' | 'ended'): void {
  dropToken();
  me.value = undefined;
  queryClient.clear();
  leaveListeners.forEach((listener) => listener(reason));
}

/** What another tab has done. Somebody new is taken up by the next page that is shown. */
function follow(id: number | null): void {
  if (id === null) return leave('signedOut');
  if (id === me.value?.id) return;
  if (me.value) leave('ended');
  preferences.signedIn = true;
  preferences.leaving = false;
  starting = undefined;
}

onSessionEnd(() => leave('ended'));
channel?.addEventListener('message', ({ data }: MessageEvent<number | null>) => follow(data));
addEventListener('online', () => void finishLeaving().catch(() => undefined));
