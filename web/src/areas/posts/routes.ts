import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/feed',
    name: 'feed',
    component: () => import('./FeedPage.vue'),
    meta: { title: 'nav.feed', narrow: true },
  },
  {
    path: '/groups/:groupId(\\d+)/posts/new',
    name: 'newPost',
    component: () => import('./NewPostPage.vue'),
    meta: { title: 'posts.new.title', section: 'groups', up: '/groups', narrow: true },
  },
  {
    path: '/posts/:postId(\\d+)',
    name: 'post',
    component: () => import('./PostPage.vue'),
    meta: { title: 'posts.post', section: 'feed', up: '/feed', narrow: true },
  },
  {
    path: '/posts/:postId(\\d+)/edit',
    name: 'editPost',
    component: () => import('./EditPostPage.vue'),
    meta: { title: 'posts.edit.title', section: 'feed', up: '/feed', narrow: true },
  },
  {
    path: '/posts/:postId(\\d+)/revisions',
    name: 'postRevisions',
    component: () => import('./PostRevisionsPage.vue'),
    meta: { title: 'posts.revisions.title', section: 'feed', up: '/feed', narrow: true },
  },
];
