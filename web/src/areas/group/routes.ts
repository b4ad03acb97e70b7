import type { RouteRecordRaw } from 'vue-router';

const meta = { title: 'group.title', section: 'groups', up: '/groups', hasTabs: true };

export const routes: RouteRecordRaw[] = [
  {
    path: '/groups/:groupId(\\d+)',
    name: 'group',
    component: () => import('./GroupPage.vue'),
    redirect: { name: 'groupOverview' },
    meta,
    children: [
      { path: '', name: 'groupOverview', component: () => import('./OverviewTab.vue') },
      { path: 'posts', name: 'groupPosts', component: () => import('./PostsTab.vue') },
      { path: 'check-ins', name: 'groupCheckIns', component: () => import('./CheckInsTab.vue') },
      { path: 'calendar', name: 'groupCalendar', component: () => import('./CalendarTab.vue') },
      { path: 'leaderboard', name: 'groupLeaderboard', component: () => import('./LeaderboardTab.vue') },
      { path: 'members', name: 'groupMembers', component: () => import('./MembersTab.vue') },
      { path: 'about', name: 'groupAbout', component: () => import('./AboutTab.vue') },
    ],
  },
];
