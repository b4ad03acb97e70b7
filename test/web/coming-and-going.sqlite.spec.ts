import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, PATIENCE, PHONE, Visitor } from './browser.js';
import { type Person, type Product, startProduct } from './product.js';

let product: Product;
let browser: Browser;
let anna: Person;
let ben: Person;
/** Anna's. */
let me: Visitor;
let postId: number;
/** Anna's comments, more than a page of them. */
const comments: number[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  anna = await product.register('Anna');
  ben = await product.register('Ben');
  const { id: groupId } = await product.call(anna, 'POST', '/groups', {
    name: 'Early birds',
    categoryId: 1,
    rule: { timeZone: 'Asia/Shanghai' },
  });
  const content = { title: 'Saturday', body: 'At seven.\n\n'.repeat(40) };
  ({ id: postId } = await product.call(anna, 'POST', `/groups/${groupId}/posts`, content));
  for (let n = 1; n <= 22; n++) {
    const body = `Number ${n}.`;
    comments.push((await product.call(anna, 'POST', `/posts/${postId}/comments`, { body })).id);
  }
  me = await Visitor.open(browser, product.url, { viewport: PHONE }, anna);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const comment = (n: number) => me.page.locator(`#comment-${comments[n - 1]}`);
const isFocused = (n: number) => comment(n).evaluate((element) => element === document.activeElement);
const isInView = (n: number) =>
  comment(n).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
async function isLedTo(n: number): Promise<void> {
  await expect.poll(() => isFocused(n), { timeout: PATIENCE }).toBe(true);
  await expect.poll(() => isInView(n), { timeout: PATIENCE }).toBe(true);
}

describe('a link to one of many comments', () => {
  it('leads to it from a message, also on a page that was seen before', async () => {
    const { page, t } = me;
    await product.call(ben, 'PUT', `/comments/${comments[2]}/like`);
    await page.goto(`/posts/${postId}`);
    await comment(3).waitFor();
    await page.getByRole('link', { name: t('nav.messages') }).click();
    await page.getByRole('link', { name: /Ben/ }).click();
    await isLedTo(3);
    expect(me.complaints).toEqual([]);
  });

  it('keeps it when all are fetched anew, and does not take one back to it', async () => {
    const { page } = me;
    await page.goto(`/posts/${postId}#comment-${comments[21]}`);
    await isLedTo(22);
    await product.call(ben, 'PUT', `/comments/${comments[21]}/like`);
    await comment(22).getByText('1 like', { exact: true }).waitFor();

    await me.button('comments.new').click();
    await comment(21).waitFor();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await isFocused(22)).toBe(false);
    expect(me.complaints).toEqual([]);
  });
});

describe('a comment', () => {
  it('stands in its place in either order', async () => {
    const { page, t } = me;
    await page.goto(`/posts/${postId}`);
    await me.button('comments.new').click();
    await comment(22).waitFor();
    await me.button('comments.old').click();
    await comment(1).waitFor();
    await page.getByRole('textbox', { name: t('comments.write') }).fill('The newest.');
    await me.button('comments.send').click();
    const all = page.locator('article[id^=comment-]');
    await all.getByText('The newest.').waitFor();
    await me.button('comments.new').click();
    await expect.poll(() => all.first().textContent()).toContain('The newest.');
    await me.button('comments.old').click();
    await comment(20).scrollIntoViewIfNeeded();
    await comment(22).waitFor();
    expect(await all.last().textContent()).toContain('The newest.');
    expect(me.complaints).toEqual([]);
  });
});

describe('a form', () => {
  it('gives the focus back to what opened it', async () => {
    const { page, t } = me;
    await page.goto(`/posts/${postId}`);
    const reply = comment(1).getByRole('button', { name: t('comments.replyTo', { name: 'Anna' }) });
    await reply.click();
    await page.getByRole('textbox', { name: t('comments.replyTo', { name: 'Anna' }) }).press('Escape');
    await expect.poll(() => reply.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(me.complaints).toEqual([]);
  });

  it('leaves one where one has gone while it was being saved', async () => {
    const { page, t } = me;
    await page.goto(`/posts/${postId}`);
    await me.button('common.moreActions').click();
    await page.getByRole('menuitem', { name: t('common.edit') }).click();
    await page.getByRole('textbox', { name: t('posts.field.body') }).fill('At eight.');
    let answer = () => {};
    const arrived = new Promise<void>((asked) => {
      void page.route(`**/posts/${postId}`, async (route) => {
        asked();
        await new Promise<void>((later) => (answer = later));
        await route.continue();
      });
    });
    await me.button('common.save').click();
    await arrived;
    await page.getByRole('link', { name: t('nav.messages') }).click();
    await page.waitForURL('/messages');
    answer();
    await me.sees(t('common.saved'));
    await page.unrouteAll();
    expect(new URL(page.url()).pathname).toBe('/messages');
    expect(me.complaints).toEqual([]);
  });
});
