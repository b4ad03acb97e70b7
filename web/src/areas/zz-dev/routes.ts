import type { RouteRecordRaw } from 'vue-router';
const C = () => import('@/layout/NotFoundPage.vue');
export const routes: RouteRecordRaw[] = (
  [['/groups/:groupId(\\d+)','group'],['/users/:userId(\\d+)','user'],['/me','me'],['/feed','feed'],['/questions','questions'],['/statistics','statistics'],['/messages','messages']] as const
).map(([path, name]) => ({ path, name, component: C, meta: { title: 'nav.groups' } }));
