import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { type Look, PATIENCE, Visitor } from './browser.js';
import { DEMO_PASSWORD, demoPhone, type Product } from './product.js';
import type { Texts } from './texts.js';

/** Who looks: indexes of the people of the demo data (src/seed/demo-data.ts). */
export type Viewer = 'stranger' | 'newcomer' | keyof typeof VIEWERS;
const VIEWERS = { runner: 0, reader: 2, neighbour: 30 };

export interface Screen {
  name: string;
  path: string;
  viewer: Viewer;
  /** What is done before it is looked at, such as opening a dialog. */
  prepare?: (page: Page, t: Texts) => Promise<void>;
  /** What the server answers and the page has to tell; the browser complains of it too. */
  refusal?: 400 | 404;
}

/** Ids by what the demo data are known by. */
interface Places {
  running: number;
  reading: number;
  gym: number;
  me: number;
  neighbour: number;
  post: number;
  longPost: number;
  picturePost: number;
  question: number;
  ownQuestion: number;
  invite: string;
  /** Nobody has checked in there, whatever the hour. */
  walking: number;
  missed: { viewer: Viewer; groupId: number };
}

async function findPlaces(product: Product): Promise<Places> {
  const signIn = async (index: number) =>
    product.call({ token: '' }, 'POST', '/auth/login', {
      phone: demoPhone(index),
      password: DEMO_PASSWORD,
    });
  const runner = await signIn(VIEWERS.runner);
  const reader = await signIn(VIEWERS.reader);
  const neighbour = await signIn(VIEWERS.neighbour);
  const token = { token: runner.accessToken };
  const get = (path: string) => product.call(token, 'GET', path);

  const groups = (await get('/groups?limit=50')).items as { id: number; name: string }[];
  const groupOf = (name: string) => groups.find((group) => group.name === name)!.id;
  const running = groupOf('每天早起跑步');
  const posts = (await get(`/groups/${running}/posts?limit=50`)).items as { id: number; title: string }[];
  const questions = (await get('/questions?limit=50')).items as { id: number; title: string }[];
  const postOf = (title: string) => posts.find((post) => post.title === title)!.id;
  const questionOf = (title: string) => questions.find((question) => question.title === title)!.id;
  const post = postOf('新人先看：怎么打卡、怎么补卡');
  // So that there is something to compare.
  const { version, body, title } = await get(`/posts/${post}`);
  await product.call(token, 'PATCH', `/posts/${post}`, { title, body: `${body}\n\n下雨也来。`, version });
  const invite = await product.call(token, 'POST', `/groups/${running}/invites`, {});
  // An owner of a question may accept; the demo's runner has asked none.
  const own = await product.call(token, 'POST', '/questions', {
    title: '冬天几点出门跑步合适？',
    body: '天亮得晚，六点还是黑的。',
    categoryId: 1,
  });
  await product.call({ token: neighbour.accessToken }, 'POST', `/questions/${own.id}/answers`, {
    body: 'After sunrise, or with a **light** on your head.',
  });
  const walking = await product.call({ token: neighbour.accessToken }, 'POST', '/groups', {
    name: 'Evening walk',
    categoryId: 3,
    rule: { timeZone: 'Asia/Shanghai' },
  });
  await product.call(
    { token: neighbour.accessToken },
    'DELETE',
    `/groups/${walking.id}/members/${reader.user.id}?ban=true&reason=advertising`,
  );
  return {
    running,
    reading: groupOf('睡前读书半小时'),
    gym: groupOf('一周三练'),
    me: runner.user.id,
    neighbour: neighbour.user.id,
    post,
    longPost: postOf('连续一百天，我的变化'),
    picturePost: postOf('今天早上的西湖'),
    question: questionOf('How do you keep going after the first missed day?'),
    ownQuestion: own.id,
    invite: invite.token,
    walking: walking.id,
    missed: await findMissed(product, { reader: reader.accessToken, runner: runner.accessToken }),
  };
}

/** Somebody who has a day to make up: who has missed which is not the same every day. */
async function findMissed(
  product: Product,
  tokens: Partial<Record<Viewer, string>>,
): Promise<Places['missed']> {
  for (const [viewer, token] of Object.entries(tokens)) {
    for (const { id } of (await product.call({ token }, 'GET', '/me/groups')).items) {
      const quota = await product.call({ token }, 'GET', `/groups/${id}/make-ups/quota`);
      if (quota.eligibleDays.length > 0) return { viewer: viewer as Viewer, groupId: id };
    }
  }
  throw new Error('nobody has missed anything');
}

/** Every screen of the client, and what opens on top of them. */
function screensAt(at: Places): Screen[] {
  const click =
    (role: 'button' | 'menuitem' | 'tab' | 'listitem', key: string) => async (page: Page, t: Texts) => {
      await page
        .getByRole(role, { name: t(key), exact: true })
        .first()
        .click();
    };
  const open =
    (role: 'button' | 'menuitem', key: string, values?: Record<string, unknown>) =>
    async (page: Page, t: Texts) => {
      await page
        .getByRole(role, { name: t(key, values), exact: true })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    };
  /** What stands in a list that opens, itself no button. */
  const chooseFrom = (menu: string, item: string) => async (page: Page, t: Texts) => {
    await page
      .getByRole('button', { name: t(menu, { name: '阿青' }), exact: true })
      .first()
      .click();
    await page.locator('.v-overlay .v-list-item', { hasText: t(item) }).click();
    await page.getByRole('dialog').waitFor();
  };
  const group = `/groups/${at.running}`;
  return [
    { name: 'sign-in', path: '/sign-in', viewer: 'stranger' },
    {
      name: 'sign-in-by-code',
      path: '/sign-in',
      viewer: 'stranger',
      prepare: click('tab', 'account.signIn.byCode'),
    },
    {
      name: 'sign-in-refused',
      path: '/sign-in',
      viewer: 'stranger',
      refusal: 400,
      prepare: async (page, t) => {
        await click('button', 'account.signIn.submit')(page, t);
        await page.locator('.v-messages__message').first().waitFor();
      },
    },
    { name: 'register', path: '/register', viewer: 'stranger' },
    { name: 'reset-password', path: '/reset-password', viewer: 'stranger' },
    { name: 'not-found', path: '/no/such/page', viewer: 'runner' },
    { name: 'not-found-group', path: '/groups/999999', viewer: 'runner', refusal: 404 },
    {
      name: 'offline',
      path: '/',
      viewer: 'reader',
      prepare: async (page) => {
        await page.evaluate(() => window.dispatchEvent(new Event('offline')));
        await page.locator('.v-alert').waitFor();
      },
    },

    { name: 'today', path: '/', viewer: 'runner' },
    { name: 'today-reader', path: '/', viewer: 'reader' },
    { name: 'today-newcomer', path: '/', viewer: 'newcomer' },
    {
      name: 'account-menu',
      path: '/',
      viewer: 'runner',
      prepare: async (page, t) => {
        await page.getByRole('button', { name: t('nav.settings') }).click();
        await page.getByRole('menu').waitFor();
      },
    },
    {
      name: 'check-in',
      path: `/groups/${at.walking}`,
      viewer: 'neighbour',
      prepare: open('button', 'checkIn.withMoreOf', { groupName: 'Evening walk' }),
    },
    { name: 'feed', path: '/feed', viewer: 'runner' },
    { name: 'feed-newcomer', path: '/feed', viewer: 'newcomer' },
    { name: 'statistics', path: '/statistics', viewer: 'runner' },
    { name: 'statistics-newcomer', path: '/statistics', viewer: 'newcomer' },
    { name: 'statistics-group', path: `/statistics/groups/${at.running}`, viewer: 'runner' },
    { name: 'member', path: `${group}/members/${at.me}`, viewer: 'reader' },
    {
      name: 'make-up',
      path: `/statistics/groups/${at.missed.groupId}`,
      viewer: at.missed.viewer,
      prepare: open('button', 'statistics.makeUp.action'),
    },
    {
      name: 'statistics-table',
      path: '/statistics',
      viewer: 'runner',
      prepare: click('button', 'heatmap.asTable'),
    },

    { name: 'groups', path: '/groups', viewer: 'runner' },
    { name: 'groups-newcomer', path: '/groups', viewer: 'newcomer' },
    { name: 'groups-discover', path: '/groups?tab=discover', viewer: 'newcomer' },
    { name: 'group-new', path: '/groups/new', viewer: 'runner' },
    { name: 'invite', path: `/invites/${at.invite}`, viewer: 'neighbour' },
    { name: 'group-settings', path: `${group}/settings`, viewer: 'runner' },
    { name: 'group-applications', path: `/groups/${at.reading}/applications`, viewer: 'reader' },
    { name: 'group-invites', path: `${group}/invites`, viewer: 'runner' },
    { name: 'group-bans', path: `${group}/bans`, viewer: 'runner' },
    {
      name: 'group-hand-over',
      path: `${group}/settings`,
      viewer: 'runner',
      prepare: async (page, t) => {
        await page.getByRole('combobox', { name: t('groups.handOver.to'), exact: true }).fill('阿青');
        await page.getByRole('option', { name: '阿青' }).first().click();
        await open('button', 'groups.handOver.action')(page, t);
      },
    },
    {
      name: 'group-dissolve',
      path: `${group}/settings`,
      viewer: 'runner',
      prepare: open('button', 'groups.dissolve.action'),
    },
    { name: 'group', path: group, viewer: 'runner' },
    { name: 'group-to-join', path: group, viewer: 'neighbour' },
    { name: 'group-banned', path: `/groups/${at.walking}`, viewer: 'reader' },
    { name: 'group-to-apply', path: `/groups/${at.gym}`, viewer: 'neighbour' },
    {
      name: 'group-application',
      path: `/groups/${at.gym}`,
      viewer: 'neighbour',
      prepare: open('button', 'group.join.apply'),
    },
    { name: 'group-posts', path: `${group}/posts`, viewer: 'runner' },
    { name: 'group-check-ins', path: `${group}/check-ins`, viewer: 'runner' },
    { name: 'group-calendar', path: `${group}/calendar`, viewer: 'runner' },
    {
      name: 'group-day',
      path: `${group}/calendar`,
      viewer: 'runner',
      prepare: (page) => page.locator('.cell.today').click(),
    },
    { name: 'group-leaderboard', path: `${group}/leaderboard`, viewer: 'runner' },
    { name: 'group-members', path: `${group}/members`, viewer: 'runner' },
    {
      name: 'group-mute',
      path: `${group}/members`,
      viewer: 'runner',
      prepare: chooseFrom('group.member.actions', 'group.member.mute.action'),
    },
    {
      name: 'group-remove',
      path: `${group}/members`,
      viewer: 'runner',
      prepare: chooseFrom('group.member.actions', 'group.member.remove.action'),
    },
    { name: 'group-about', path: `${group}/about`, viewer: 'neighbour' },

    { name: 'post', path: `/posts/${at.longPost}`, viewer: 'runner' },
    {
      name: 'post-likers',
      path: `/posts/${at.longPost}`,
      viewer: 'runner',
      prepare: open('button', 'likers.title'),
    },
    {
      name: 'post-picture',
      path: `/posts/${at.picturePost}`,
      viewer: 'runner',
      prepare: open('button', 'common.picture.open', { n: 1, of: 2 }),
    },
    {
      name: 'post-delete',
      path: `/posts/${at.post}`,
      viewer: 'runner',
      prepare: chooseFrom('common.moreActions', 'common.delete'),
    },
    { name: 'post-new', path: `${group}/posts/new`, viewer: 'runner' },
    { name: 'post-edit', path: `/posts/${at.post}/edit`, viewer: 'runner' },
    { name: 'post-revisions', path: `/posts/${at.post}/revisions`, viewer: 'runner' },
    { name: 'questions', path: '/questions', viewer: 'runner' },
    { name: 'question', path: `/questions/${at.question}`, viewer: 'runner' },
    {
      name: 'question-answer',
      path: `/questions/${at.question}`,
      viewer: 'runner',
      prepare: click('button', 'questions.answerForm.open'),
    },
    { name: 'question-own', path: `/questions/${at.ownQuestion}`, viewer: 'runner' },
    { name: 'question-new', path: '/questions/new', viewer: 'runner' },
    { name: 'question-edit', path: `/questions/${at.ownQuestion}/edit`, viewer: 'runner' },

    { name: 'messages', path: '/messages', viewer: 'runner' },
    { name: 'messages-newcomer', path: '/messages', viewer: 'newcomer' },
    { name: 'message-settings', path: '/messages/settings', viewer: 'runner' },
    { name: 'me', path: '/me', viewer: 'runner' },
    { name: 'profile', path: '/me/profile', viewer: 'runner' },
    {
      name: 'avatar-crop',
      path: '/me/profile',
      viewer: 'runner',
      prepare: async (page, t) => {
        const create = { width: 640, height: 480, channels: 3, background: 'seagreen' } as const;
        const buffer = await sharp({ create }).jpeg().toBuffer();
        await page
          .locator('input[type=file]')
          .setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer });
        await page.locator('button:enabled', { hasText: t('account.avatar.use') }).waitFor();
      },
    },
    { name: 'preferences', path: '/me/preferences', viewer: 'runner' },
    {
      name: 'time-zones',
      path: '/me/preferences',
      viewer: 'runner',
      prepare: async (page, t) => {
        await page.getByRole('combobox', { name: t('account.preferences.timeZone'), exact: true }).click();
        await page.getByRole('option').first().waitFor();
      },
    },
    { name: 'password', path: '/me/password', viewer: 'runner' },
    { name: 'devices', path: '/me/devices', viewer: 'runner' },
    { name: 'user', path: `/users/${at.neighbour}`, viewer: 'runner' },
    { name: 'user-own', path: `/users/${at.me}`, viewer: 'runner' },
    { name: 'user-posts', path: `/users/${at.me}?tab=posts`, viewer: 'reader' },
    { name: 'user-answers', path: `/users/${at.neighbour}?tab=answers`, viewer: 'runner' },
  ];
}

/** All screens on demo data, and the people to look at them. */
export class Gallery {
  private constructor(
    readonly screens: readonly Screen[],
    private readonly product: Product,
    private readonly newcomer: { phone: string; password: string },
  ) {}

  /** @param product with demo data */
  static async of(product: Product): Promise<Gallery> {
    const newcomer = await product.register('刚来的');
    return new Gallery(screensAt(await findPlaces(product)), product, newcomer);
  }

  /** Browsers of everybody, with the same look. */
  async visitors(browser: Browser, look: Partial<Look>): Promise<Record<Viewer, Visitor>> {
    const open = (account?: { phone: string; password: string }) =>
      Visitor.open(browser, this.product.url, look, account);
    const demo = (viewer: keyof typeof VIEWERS) =>
      open({ phone: demoPhone(VIEWERS[viewer]), password: DEMO_PASSWORD });
    return {
      stranger: await open(),
      newcomer: await open(this.newcomer),
      runner: await demo('runner'),
      reader: await demo('reader'),
      neighbour: await demo('neighbour'),
    };
  }
}

/** Goes there and waits until everything is shown; throws where the page shows that something failed. */
export async function show({ page, t }: Visitor, screen: Screen): Promise<void> {
  await page.goto(screen.path, { waitUntil: 'networkidle' });
  await settle(page);
  await screen.prepare?.(page, t);
  if (screen.prepare) {
    await page.waitForLoadState('networkidle');
    await settle(page);
  }
  if (!screen.refusal && (await page.locator('.v-empty-state[role=alert]').count()))
    throw new Error(`${screen.name} fails: ${await page.locator('.v-empty-state[role=alert]').innerText()}`);
}

/** Until nothing is being loaded, drawn or moved any more. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      Boolean(document.querySelector('h1')?.textContent?.trim()) &&
      // Below the bars there is nothing before the code of the page has come.
      Boolean(document.querySelector('main')?.innerText.trim()) &&
      !document.querySelector('.v-skeleton-loader, .v-progress-linear--indeterminate, .v-btn--loading') &&
      [...document.images].every(({ complete, loading }) => complete || loading === 'lazy') &&
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    undefined,
    { timeout: PATIENCE },
  );
}
