import { shallowRef } from 'vue';
import { START_LOCATION, type RouteLocationNormalized, type Router } from 'vue-router';
import { toApiError } from '@/api/errors';
import { notify } from '@/layout/notify';
import { isTakenAnew } from '@/renewal';
import { onLeave, startSession, useSession } from './session';

/** Why there is no first page: the server could not be asked who is there, or the page's code could not be had. */
export const startFailure = shallowRef<unknown>();

/** Every page wants somebody signed in, unless its route says `meta: { public: true }`. */
export function protectRoutes(router: Router): void {
  const { isSignedIn } = useSession();

  router.beforeEach(async (to) => {
    loadPages(to);
    try {
      await startSession();
    } catch (error) {
      // Nobody is sent away for want of a network: the address stays, and is tried again.
      startFailure.value = error;
      return false;
    }
    if (to.meta.public) return to.meta.forStrangers && isSignedIn.value ? nextOf(to.query.next) : true;
    return isSignedIn.value ? true : { name: 'signIn', query: { next: to.fullPath } };
  });

  router.afterEach((_to, _from, failure) => {
    if (!failure) startFailure.value = undefined;
  });
  router.onError(async (error: unknown, to) => {
    const isTaken = await isTakenAnew(to.fullPath);
    if (isTaken) return;
    const reason = isTaken === false ? toApiError(0) : error;
    if (router.currentRoute.value === START_LOCATION) startFailure.value = reason;
    else notify.failed(reason);
  });

  // Signing out leads there without a network, too.
  setTimeout(() => loadPages(router.resolve({ name: 'signIn' })), 5_000);
  onLeave((reason) => {
    const here = router.currentRoute.value;
    // The first page is still being asked for: the guard above knows which it is.
    if (here === START_LOCATION || here.meta.public) return;
    const query = reason === 'ended' ? { next: here.fullPath, ended: 'yes' } : {};
    // Whoever comes back to the page that was asked for finds it once in his history, not twice.
    void router[reason === 'ended' ? 'replace' : 'push']({ name: 'signIn', query });
  });
}

/** Fetches the code of the pages while it is being found out who is there. */
function loadPages({ matched }: Pick<RouteLocationNormalized, 'matched'>): void {
  for (const { components } of matched) {
    const page = components?.default;
    // What fails here fails again, and is dealt with, when the router comes to it.
    if (typeof page === 'function') (page as () => Promise<unknown>)().catch(() => undefined);
  }
}

/** Where signing in leads: the page that was asked for, if it is one of ours. */
export function nextOf(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}
