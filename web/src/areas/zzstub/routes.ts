// @ts-nocheck
const c = { template: '<p>stub</p>' };
const r = (path, name) => ({ path, name, component: c });
export const routes = [
  r('/register', 'register'),
  r('/me', 'me'),
  r('/users/:userId(\\d+)', 'user'),
  r('/statistics', 'statistics'),
  r('/questions', 'questions'),
  r('/messages', 'messages'),
  { path: '/groups/:groupId(\\d+)/posts', name: 'groupPosts', component: () => import('./L.vue') },
];
