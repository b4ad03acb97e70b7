import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/users/:userId(\\d+)',
    name: 'user',
    component: () => import('./UserPage.vue'),
    meta: { title: 'people.title', up: '/' },
  },
];
