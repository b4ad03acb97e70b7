import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/questions',
    name: 'questions',
    component: () => import('./QuestionsPage.vue'),
    meta: { title: 'nav.questions', narrow: true },
  },
  {
    path: '/questions/new',
    name: 'newQuestion',
    component: () => import('./NewQuestionPage.vue'),
    meta: { title: 'questions.ask', section: 'questions', up: '/questions', narrow: true },
  },
  {
    path: '/questions/:questionId(\\d+)',
    name: 'question',
    component: () => import('./QuestionPage.vue'),
    meta: { title: 'questions.question', section: 'questions', up: '/questions', narrow: true },
  },
  {
    path: '/questions/:questionId(\\d+)/edit',
    name: 'editQuestion',
    component: () => import('./EditQuestionPage.vue'),
    meta: { title: 'questions.editQuestion', section: 'questions', up: '/questions', narrow: true },
  },
];
