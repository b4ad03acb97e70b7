import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import { queryClient } from './api/query-client';
import { nextTask } from './composables/tasks';
import { currentLocale, i18n, switchLocale } from './i18n';
import { makeRouter } from './router';
import { startSession } from './session/session';
import { makeVuetify } from './theme/vuetify';

// Asked for at once, while the code is still being evaluated; the router waits for it and shows what goes wrong.
startSession().catch(() => undefined);

// A server that was renewed meanwhile has other chunks: the page is taken anew, once.
addEventListener('vite:preloadError', (event) => {
  if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem('higroup.reloadedAt')) < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem('higroup.reloadedAt', String(Date.now()));
  location.reload();
});

// Each step in a task of its own, for the reason of LaterPart.
await nextTask();
const router = makeRouter();
const app = createApp(App).use(VueQueryPlugin, { queryClient }).use(i18n).use(router);
await switchLocale(currentLocale());
await nextTask();
app.use(makeVuetify());
await nextTask();
app.mount('#app');

// Needs a secure origin; by plain http the client works as well, but does not start without a network. What it fetches
// must not compete with the first page.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  setTimeout(() => void navigator.serviceWorker.register('/sw.js'), 5_000);
