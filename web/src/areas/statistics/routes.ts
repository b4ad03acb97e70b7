import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/statistics',
    name: 'statistics',
    component: () => import('./StatisticsPage.vue'),
    meta: { title: 'nav.statistics' },
  },
  {
    path: '/statistics/groups/:groupId(\\d+)',
    name: 'groupStatistics',
    component: () => import('./GroupStatisticsPage.vue'),
    meta: { title: 'statistics.ofGroup', section: 'statistics', up: '/statistics' },
  },
  {
    path: '/groups/:groupId(\\d+)/members/:userId(\\d+)',
    name: 'member',
    component: () => import('./MemberPage.vue'),
    meta: { title: 'statistics.ofMember', section: 'groups', up: '/groups' },
  },
];
