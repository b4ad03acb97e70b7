import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/messages',
    name: 'messages',
    component: () => import('./MessagesPage.vue'),
    meta: { title: 'messages.title', narrow: true },
  },
  {
    path: '/messages/settings',
    name: 'messageSettings',
    component: () => import('./MessageSettingsPage.vue'),
    meta: { title: 'messages.settings', section: 'messages', up: '/messages', narrow: true },
  },
];
