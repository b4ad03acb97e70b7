import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, PATIENCE, Visitor } from './browser.js';
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

async function visit(person?: Person): Promise<Visitor> {
  const visitor = await Visitor.open(browser, product.url, {}, person);
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

  it('of a group that is not there says so', async () => {
    const me = await visit(anna);
    await me.page.goto('/groups/999999999');
    await me.link('common.notFound.home').click();
    await heading(me, 'nav.today').waitFor();
    me.expectRefusal(404);
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
