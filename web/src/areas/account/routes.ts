import type { RouteRecordRaw } from 'vue-router';

const forStrangers = { public: true, forStrangers: true, bare: true };
const ofMe = { section: 'me', up: '/me' };

export const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'signIn',
    component: () => import('./SignInPage.vue'),
    meta: { ...forStrangers, title: 'account.signIn.title' },
  },
  {
    path: '/register',
    name: 'register',
    component: () => import('./RegisterPage.vue'),
    meta: { ...forStrangers, title: 'account.register.title' },
  },
  {
    path: '/reset-password',
    name: 'resetPassword',
    component: () => import('./ResetPasswordPage.vue'),
    meta: { ...forStrangers, title: 'account.reset.title' },
  },
  {
    path: '/me',
    component: () => import('./MeLayout.vue'),
    children: [
      {
        path: '',
        name: 'me',
        component: () => import('./MePage.vue'),
        meta: { title: 'account.me.title' },
      },
      {
        path: 'profile',
        name: 'profile',
        component: () => import('./ProfilePage.vue'),
        meta: { ...ofMe, title: 'account.profile.title' },
      },
      {
        path: 'preferences',
        name: 'preferences',
        component: () => import('./PreferencesPage.vue'),
        meta: { ...ofMe, title: 'account.preferences.title' },
      },
      {
        path: 'password',
        name: 'changePassword',
        component: () => import('./ChangePasswordPage.vue'),
        meta: { ...ofMe, title: 'account.changePassword.title' },
      },
      {
        path: 'devices',
        name: 'devices',
        component: () => import('./DevicesPage.vue'),
        meta: { ...ofMe, title: 'account.devices.title' },
      },
    ],
  },
];
