import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router';

const inGroups = { section: 'groups', up: '/groups' };
const inGroup = {
  section: 'groups',
  up: ({ params }: RouteLocationNormalized) => ({ name: 'group', params: { groupId: params.groupId } }),
};

export const routes: RouteRecordRaw[] = [
  {
    path: '/groups',
    name: 'groups',
    component: () => import('./GroupsPage.vue'),
    meta: { title: 'nav.groups' },
  },
  {
    path: '/groups/new',
    name: 'newGroup',
    component: () => import('./NewGroupPage.vue'),
    meta: { ...inGroups, title: 'groups.new.title' },
  },
  {
    path: '/groups/:groupId(\\d+)/settings',
    name: 'groupSettings',
    component: () => import('./GroupSettingsPage.vue'),
    meta: { ...inGroup, title: 'groups.admin.settings' },
  },
  {
    path: '/groups/:groupId(\\d+)/applications',
    name: 'groupApplications',
    component: () => import('./ApplicationsPage.vue'),
    meta: { ...inGroup, title: 'groups.admin.applications' },
  },
  {
    path: '/groups/:groupId(\\d+)/invites',
    name: 'groupInvites',
    component: () => import('./InvitesPage.vue'),
    meta: { ...inGroup, title: 'groups.admin.invites' },
  },
  {
    path: '/groups/:groupId(\\d+)/bans',
    name: 'groupBans',
    component: () => import('./BansPage.vue'),
    meta: { ...inGroup, title: 'groups.admin.bans' },
  },
  {
    path: '/invites/:token',
    name: 'invite',
    component: () => import('./AcceptInvitePage.vue'),
    meta: { ...inGroups, title: 'groups.invite.title' },
  },
];
