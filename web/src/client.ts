import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import { queryClient } from './api/query-client';
import { nextTask } from './composables/tasks';
import { i18n, switchLocale } from './i18n';
import { startLocale } from './i18n/texts';
import { makeRouter } from './router';
import { startSession } from './session/session';
import { makeVuetify } from './theme/vuetify';

/** Not on the module's own level: the chunks of pages and languages may import from this one, and would wait for each other. */
export async function startClient(): Promise<void> {
  // Asked for at once; the router waits for it and shows what goes wrong.
  startSession().catch(() => undefined);

  // Each step in a task of its own, for the reason of LaterPart.
  await nextTask();
  const router = makeRouter();
  const app = createApp(App).use(VueQueryPlugin, { queryClient }).use(i18n).use(router);
  await switchLocale(startLocale());
  await nextTask();
  app.use(makeVuetify());
  await nextTask();
  app.mount('#app');

  // Needs a secure origin; by plain http the client works as well, but does not start without a network. What it fetches
  // must not compete with the first page.
  if (import.meta.env.PROD && 'serviceWorker' in navigator)
    setTimeout(() => void navigator.serviceWorker.register('/sw.js'), 5_000);
}
