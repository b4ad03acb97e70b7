import { nextTick } from 'vue';
import {
  START_LOCATION,
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type RouteRecordRaw,
} from 'vue-router';
import { protectRoutes } from '@/session/protect-routes';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name, for the title of the window and of the app bar. */
    title?: string;
    /** Needs nobody signed in. */
    public?: boolean;
    /** Leads on when somebody is signed in. */
    forStrangers?: boolean;
    /** Without navigation around it. */
    bare?: boolean;
    /** The place of the navigation that it belongs to, where its name does not say so. */
    section?: string;
    /** Where the arrow of the app bar leads when there is no page before; undefined: no arrow. */
    up?: RouteLocationRaw | ((here: RouteLocationNormalized) => RouteLocationRaw);
    /** As wide as text reads well, not as the page. */
    narrow?: boolean;
    /** Its children are tabs of one page: going from one to another moves neither the focus nor what is in view. */
    hasTabs?: boolean;
  }
}

/** Each area names its own pages in `areas/<area>/routes.ts`. */
const areas = import.meta.glob<RouteRecordRaw[]>('../areas/*/routes.ts', { eager: true, import: 'routes' });

export function makeRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...Object.values(areas).flat(),
      { path: '/index.html', redirect: '/' },
      {
        path: '/:path(.*)*',
        name: 'notFound',
        component: () => import('@/layout/NotFoundPage.vue'),
        meta: { title: 'common.notFound.title', public: true },
      },
    ],
    scrollBehavior: async (to, from, saved) => {
      if (!saved) return isSamePage(to, from) ? undefined : { top: 0 };
      await untilAsLongAs(saved.top + innerHeight);
      return router.currentRoute.value === to && saved;
    },
  });
  protectRoutes(router);

  router.afterEach((to, from, failure) => {
    // A screen reader hears where it is; without this the focus stays on a link that is gone.
    if (!failure && from.matched.length > 0 && !isSamePage(to, from)) {
      void nextTick(() => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }));
    }
  });
  return router;
}

/** A page that comes in parts is not as long at once as it was when it was left; it is waited for, a second at most. */
async function untilAsLongAs(height: number): Promise<void> {
  const end = Date.now() + 1_000;
  while (document.documentElement.scrollHeight < height && Date.now() < end)
    await new Promise(requestAnimationFrame);
}

function isSamePage(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  if (to.path === from.path) return true;
  // The first page begins where the browser puts it.
  if (from === START_LOCATION) return true;
  const isTab = to.meta.hasTabs === true && to.matched[0] === from.matched[0];
  return isTab && Object.entries(to.params).every(([name, value]) => from.params[name] === value);
}
