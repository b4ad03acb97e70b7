import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import { queryClient } from './api/query-client';
import { currentLocale, i18n, switchLocale } from './i18n';
import { makeRouter } from './router';
import { startSession } from './session/session';
import { makeVuetify } from './theme/vuetify';

// Asked for at once, while the code is still being evaluated; the router waits for it and shows what goes wrong.
startSession().catch(() => undefined);

const router = makeRouter();
const app = createApp(App).use(VueQueryPlugin, { queryClient }).use(i18n).use(router);
await Promise.all([switchLocale(currentLocale()), router.isReady().catch(() => undefined)]);
app.use(makeVuetify()).mount('#app');
