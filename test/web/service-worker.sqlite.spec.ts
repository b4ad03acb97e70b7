import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, PATIENCE, Visitor } from './browser.js';
import { type Person, type Product, startProduct } from './product.js';

let product: Product;
let browser: Browser;
let anna: Person;
let me: Visitor;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  anna = await product.register('Anna');
  me = await Visitor.open(browser, product.url, {}, anna);
});
afterAll(async () => {
  await me?.close();
  await browser?.close();
  await product?.stop();
});

const keptPaths = () =>
  me.page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(caches_.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });

it('keeps the shell and nothing that anybody may see less of tomorrow', async () => {
  await me.page.goto('/me');
  await me.page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(keptPaths, { timeout: PATIENCE }).toContain('/');
  // Under its control now: what comes from here on passes it.
  await me.page.reload();
  await expect
    .poll(() => me.page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: PATIENCE })
    .toBe(true);
  await me.page.goto('/groups');
  await me.page.getByRole('heading', { level: 1, name: me.t('nav.groups') }).waitFor();
  const others = (await keptPaths()).filter(
    (path) => path !== '/' && !path.startsWith('/assets/') && !['/favicon.svg', '/theme.js'].includes(path),
  );
  expect(others).toEqual([]);
});

it('starts the client without a network, which says so and goes on when there is one', async () => {
  await me.context.setOffline(true);
  await me.page.goto('/groups');
  await me.page.getByText(me.t('common.error.offline')).waitFor({ timeout: PATIENCE });
  await me.context.setOffline(false);
  await me.page.getByRole('heading', { level: 1, name: me.t('nav.groups') }).waitFor({ timeout: PATIENCE });
});

it('shows what the server says now, never what it said before', async () => {
  await me.page.goto('/groups');
  await product.call(anna, 'POST', '/groups', {
    name: 'Founded meanwhile',
    categoryId: 1,
    rule: { timeZone: 'Asia/Shanghai' },
  });
  await me.page.goto('/groups');
  await me.page.getByText('Founded meanwhile').first().waitFor({ timeout: PATIENCE });
});
