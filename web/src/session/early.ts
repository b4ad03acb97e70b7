import { remembered } from '../remembered';
import type { components } from '../api/schema';

/*
 * The first two requests of a session, which need not wait for the client's code to arrive. So nothing of weight is
 * imported here.
 */
let tokens: Promise<Response> | undefined;
let me: Promise<Response | undefined> | undefined;

/** Asks for new tokens and for whose they are, if somebody has signed in here and not left. */
export function askEarly(): void {
  if (!remembered('signedIn') || remembered('leaving')) return;
  tokens = oneTabAtATime(() => requestTokens(remembered('locale')));
  me = tokens.then(async (answer) => {
    if (!answer.ok) return undefined;
    const { data } = (await answer.clone().json()) as components['schemas']['TokensAnswer'];
    return fetch('/api/v1/me', { headers: { authorization: `Bearer ${data.accessToken}` } });
  });
  // What goes wrong is seen by whoever takes it up.
  Promise.all([tokens, me]).catch(() => undefined);
}

/** New tokens by the cookie, once those that were asked for early. Hold `oneTabAtATime` until this tab has what it says. */
export function askForTokens(language: string): Promise<Response> {
  const answer = tokens ?? requestTokens(language);
  tokens = undefined;
  return answer;
}

/** Me, if that was asked for early and answered well. */
export async function meAskedEarly(): Promise<components['schemas']['MeDto'] | undefined> {
  const answer = await me?.catch(() => undefined);
  me = undefined;
  if (!answer?.ok) return undefined;
  return ((await answer.json()) as components['schemas']['MeAnswer']).data;
}

function requestTokens(language: string | undefined): Promise<Response> {
  return fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(language && { 'accept-language': language }) },
    body: '{}',
    // Other tabs wait for this one. And an answer that was lost is asked for again before the server's grace period is over.
    signal: AbortSignal.timeout(15_000),
  });
}

/** The cookie is shared: a tab that presented one which another tab has just replaced twice would look like a thief. */
export function oneTabAtATime<T>(task: () => Promise<T>): Promise<T> {
  // Locks exist on secure origins only; without them the server's grace period has to do.
  return 'locks' in navigator ? navigator.locks.request('higroup.refresh', task) : task();
}
