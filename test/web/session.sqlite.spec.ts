import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type Look, PATIENCE, Visitor } from './browser.js';
import { type Person, type Product, startProduct } from './product.js';

let product: Product;
let browser: Browser;
let anna: Person;
const QUESTION = 'How do you keep going?';
const visitors: Visitor[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  anna = await product.register('Anna');
  const categoryId = (await product.call(anna, 'GET', '/question-categories'))[0].id;
  await product.call(anna, 'POST', '/questions', {
    title: QUESTION,
    body: 'Forty days, then one bad one.',
    categoryId,
  });
});
afterEach(async () => {
  await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function visit(person?: Person, look: Partial<Look> = {}): Promise<Visitor> {
  const visitor = await Visitor.open(browser, product.url, look, person);
  visitors.push(visitor);
  return visitor;
}

const heading = ({ page, t }: Visitor, key: string) =>
  page.getByRole('heading', { level: 1, name: t(key), exact: true });
const pathOf = (page: Page) => {
  const { pathname, search, hash } = new URL(page.url());
  return `${pathname}${search}${hash}`;
};
async function atPath(page: Page, path: string): Promise<void> {
  await expect.poll(() => pathOf(page), { timeout: PATIENCE }).toBe(path);
}

describe('an address', () => {
  it('is shown again after loading it anew', async () => {
    const me = await visit(anna);
    await me.page.goto('/messages/settings');
    await heading(me, 'messages.settings').waitFor();
    await me.page.reload();
    await heading(me, 'messages.settings').waitFor();
    expect(pathOf(me.page)).toBe('/messages/settings');
    expect(me.complaints).toEqual([]);
  });

  it('of a stranger is where signing in leads', async () => {
    const stranger = await visit();
    await stranger.page.goto('/questions?sort=new#answer-1');
    await atPath(stranger.page, '/sign-in?next=/questions?sort=new%23answer-1');
    await stranger.enter(anna);
    await heading(stranger, 'nav.questions').waitFor();
    await atPath(stranger.page, '/questions?sort=new#answer-1');
    expect(stranger.complaints).toEqual([]);
  });

  it('that a stranger had to register for is left by going back', async () => {
    const stranger = await visit();
    await stranger.page.goto('/questions');
    await stranger.link('account.signIn.toRegister').click();
    await heading(stranger, 'account.register.title').waitFor();
    await stranger.link('account.signIn.title').click();
    await stranger.enter(anna);
    await heading(stranger, 'nav.questions').waitFor();
    await stranger.page.goBack();
    expect(stranger.page.url()).toBe('about:blank');
  });

  it('elsewhere is nowhere signing in leads', async () => {
    const stranger = await visit();
    await stranger.page.goto('/sign-in?next=//elsewhere.example/');
    await stranger.enter(anna);
    await heading(stranger, 'nav.today').waitFor();
    expect(new URL(stranger.page.url()).host).toBe(new URL(product.url).host);
  });

  it.each(['/no/such/page', '/groups/none'])('unknown to the client, %s, says so', async (path) => {
    const me = await visit(anna);
    await me.page.goto(path);
    await heading(me, 'common.notFound.title').waitFor();
    await me.link('common.notFound.home').click();
    await heading(me, 'nav.today').waitFor();
    expect(me.complaints).toEqual([]);
  });

  it.each([
    ['/groups/999999999', 404],
    ['/groups/99999999999999999999', 400],
  ])('of a group that is not there, %s, says so', async (path, status) => {
    const me = await visit(anna);
    await me.page.goto(path);
    await me.link('common.notFound.home').click();
    await heading(me, 'nav.today').waitFor();
    me.expectRefusal(status);
  });
});

describe('the session', () => {
  it('ends in every tab at once', async () => {
    const me = await visit(anna);
    const other = await me.context.newPage();
    await Promise.all([me.page.goto('/'), other.goto('/questions')]);
    await heading(me, 'nav.today').waitFor();
    await other.getByRole('heading', { level: 1, name: me.t('nav.questions') }).waitFor();
    await me.page.goto('/me');
    await me.button('account.signOut').click();
    await atPath(me.page, '/sign-in');
    await atPath(other, '/sign-in');
    await me.page.goto('/messages');
    await atPath(me.page, '/sign-in?next=/messages');
    expect(me.complaints).toEqual([]);
  });

  it('is that of whoever has signed in last, in every tab', async () => {
    const me = await visit();
    const nickname = me.field('account.profile.nickname');
    const other = await me.context.newPage();
    await Promise.all([me.page.goto('/sign-in'), other.goto('/sign-in')]);
    const field = (key: string) => other.getByLabel(me.t(key), { exact: true });
    await field('account.phone').waitFor();
    await me.enter(anna);
    await heading(me, 'nav.today').waitFor();
    await me.page.goto('/me/profile');
    await expect.poll(() => nickname.inputValue(), { timeout: PATIENCE }).toBe('Anna');
    const bert = await product.register('Bert');
    await field('account.phone').fill(bert.phone);
    await field('account.password.label').fill(bert.password);
    await other.getByRole('button', { name: me.t('account.signIn.submit'), exact: true }).click();
    await expect.poll(() => nickname.inputValue(), { timeout: PATIENCE }).toBe('Bert');
    expect(pathOf(me.page)).toBe('/me/profile');
  });

  it('left without a network is ended before the next one begins', async () => {
    const [me, gustav] = [await visit(anna), await product.register('Gustav')];
    await me.page.goto('/me');
    await me.page.route('**/auth/logout', (route) => route.abort());
    await me.button('account.signOut').click();
    await atPath(me.page, '/sign-in');
    await me.page.unroute('**/auth/logout');
    await me.page.route('**/auth/refresh', async (route) => {
      const response = await route.fetch();
      await new Promise((done) => setTimeout(done, 500));
      await route.fulfill({ response });
    });
    const ended = me.page.waitForResponse('**/auth/logout');
    await me.page.evaluate(() => dispatchEvent(new Event('online')));
    await me.enter(gustav);
    await ended;
    await heading(me, 'nav.today').waitFor();
    await me.page.goto('/me');
    await me.sees('Gustav');
  });

  it('that was ended elsewhere leads back to the page that was asked for', async () => {
    const carl = await product.register('Carl');
    const me = await visit(carl);
    await me.page.goto('/');
    await heading(me, 'nav.today').waitFor();
    const { items } = await product.call(carl, 'GET', '/auth/sessions');
    for (const { id, current } of items) {
      if (!current) await product.call(carl, 'DELETE', `/auth/sessions/${id}`);
    }
    await me.page.goto('/messages/settings');
    await atPath(me.page, '/sign-in?next=/messages/settings');
  });

  it('leaves nothing for a script to carry away', async () => {
    const me = await visit();
    await me.page.goto('/sign-in');
    await me.enter(anna);
    await heading(me, 'nav.today').waitFor();
    const cookies = await me.context.cookies();
    expect(cookies.filter(({ httpOnly, sameSite }) => !httpOnly || sameSite !== 'Strict')).toEqual([]);
    expect(cookies).not.toEqual([]);
    const kept = await me.page.evaluate(async () => ({
      cookie: document.cookie,
      session: { ...sessionStorage },
      local: { ...localStorage },
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    expect(kept).toEqual({ cookie: '', session: {}, local: { 'higroup.signedIn': 'yes' }, databases: [] });
  });
});

describe('my devices', () => {
  it('are signed out although one has signed itself out meanwhile', async () => {
    const dora = await product.register('Dora');
    await product.call({ token: '' }, 'POST', '/auth/login', { phone: dora.phone, password: dora.password });
    const me = await visit(dora);
    await me.page.goto('/me/devices');
    const all = me.button('account.devices.endOthers');
    await all.waitFor();
    await product.call(dora, 'POST', '/auth/logout');
    await all.click();
    await me.page
      .getByRole('dialog')
      .getByRole('button', { name: me.t('account.devices.endOthers') })
      .click();
    await expect.poll(() => all.count(), { timeout: PATIENCE }).toBe(0);
    me.expectRefusal(404);
    expect(me.complaints).toEqual([]);
  });

  it('are asked about in a dialog, which gives the focus back, and goes with the page and the session', async () => {
    const me = await visit(await product.register('Emil'));
    await me.page.goto('/me');
    await me.link('account.devices.title').click();
    const all = me.button('account.devices.endOthers');
    const dialog = me.page.getByRole('dialog');
    await all.click();
    await dialog.waitFor();
    await me.button('common.cancel').click();
    await dialog.waitFor({ state: 'hidden' });
    await expect
      .poll(() => all.evaluate((button) => button === document.activeElement), { timeout: PATIENCE })
      .toBe(true);
    await all.click();
    await dialog.waitFor();
    await me.page.goBack();
    await atPath(me.page, '/me');
    await expect.poll(() => dialog.count(), { timeout: PATIENCE }).toBe(0);
    await me.page.goForward();
    await all.click();
    await dialog.waitFor();
    // As another tab says it.
    await me.page.evaluate(() => new BroadcastChannel('higroup.session').postMessage(null));
    await atPath(me.page, '/sign-in');
    await expect.poll(() => dialog.count(), { timeout: PATIENCE }).toBe(0);
  });
});

describe('a code by SMS', () => {
  it('may be asked for again when its minute is over, even after loading the page anew', async () => {
    const stranger = await visit();
    for (const answer of [201, 429]) {
      await stranger.page.goto('/register');
      await stranger.field('account.phone').fill('13912345678');
      await stranger.button('account.code.send').click();
      await expect
        .poll(() => stranger.page.getByRole('button', { name: /^Again in [1-6]?\d s$/ }).isDisabled())
        .toBe(true);
      if (answer >= 400) stranger.expectRefusal(answer);
    }
    expect(stranger.complaints).toEqual([]);
  });
});

describe('a server that was renewed', () => {
  it('gives the page that was asked for, although the code of it has another name now', async () => {
    const me = await visit(anna, { serviceWorkers: 'block' });
    await me.page.goto('/me');
    await heading(me, 'account.me.title').waitFor();
    const gone = '**/assets/PreferencesPage-*.js';
    await me.page.route(gone, (route) => route.fulfill({ status: 404, body: '' }));
    await me.page.route('/', async (route) => {
      await me.page.unroute(gone);
      await route.continue();
    });
    await me.link('account.preferences.title').click();
    await me.page.waitForEvent('load');
    await heading(me, 'account.preferences.title').waitFor();
    expect(pathOf(me.page)).toBe('/me/preferences');
  });

  it('leaves what is on the screen alone while it is away', async () => {
    const me = await visit(anna, { serviceWorkers: 'block' });
    await me.page.goto('/me');
    await heading(me, 'account.me.title').waitFor();
    // What tells of failures comes when the browser is idle.
    await me.page.waitForLoadState('networkidle');
    await me.page.route('**/*', (route) => route.abort());
    await me.link('account.preferences.title').click();
    await me.sees(me.t('common.error.offline'));
    await heading(me, 'account.me.title').waitFor();
  });
});

describe('the content security policy', () => {
  it('runs no script that has got into the page', async () => {
    const me = await visit(anna);
    const answer = await me.page.goto('/');
    const policy = answer!.headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'( 'nonce-[^']+')?;/);
    expect(policy).not.toContain('unsafe-eval');
    await heading(me, 'nav.today').waitFor();
    expect(me.complaints).toEqual([]);

    const ran = await me.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.hacked = true';
      const violation = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', resolve),
      );
      document.body.append(script);
      const picture = document.createElement('div');
      picture.innerHTML = '<img src="/none" onerror="window.hacked = true">';
      document.body.append(picture);
      await Promise.all([
        violation,
        new Promise((resolve) => picture.firstElementChild!.addEventListener('error', resolve)),
      ]);
      return 'hacked' in window;
    });
    expect(ran).toBe(false);
  });
});

describe('without a network', () => {
  it('says so, keeps what was read, and comes back by itself', async () => {
    const me = await visit(anna);
    await me.page.goto('/questions');
    const question = me.page.getByRole('link', { name: QUESTION });
    await question.waitFor();
    await me.context.setOffline(true);
    await me.sees(me.t('common.offline'));
    expect(await question.isVisible()).toBe(true);
    await me.context.setOffline(false);
    await expect.poll(() => me.page.getByText(me.t('common.offline')).count(), { timeout: PATIENCE }).toBe(0);
    await me.page.getByRole('link', { name: me.t('nav.messages') }).click();
    await heading(me, 'nav.messages').waitFor();
    await me.sees(me.t('messages.empty.all'));
  });
});
