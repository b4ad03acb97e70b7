import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, PATIENCE, Visitor } from './browser.js';
import { type Person, type Product, startProduct } from './product.js';

let product: Product;
let browser: Browser;
let anna: Person;
let me: Visitor;
let groupId: number;
/** Of a post of Anna's. */
let postId: number;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  anna = await product.register('Anna');
  ({ id: groupId } = await product.call(anna, 'POST', '/groups', {
    name: 'Early birds',
    categoryId: 1,
    rule: { timeZone: 'Asia/Shanghai' },
  }));
  const content = { title: 'Saturday', body: 'At seven.' };
  ({ id: postId } = await product.call(anna, 'POST', `/groups/${groupId}/posts`, content));
  me = await Visitor.open(browser, product.url, {}, anna);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const text = (key: string) => me.page.getByRole('textbox', { name: me.t(key), exact: true });
async function holds(key: string, value: string): Promise<void> {
  await expect.poll(() => text(key).inputValue(), { timeout: PATIENCE }).toBe(value);
}
const category = () => me.page.locator('.v-select').filter({ hasText: me.t('questions.category') });

describe('what was written and not sent', () => {
  it('is there again with all that was chosen, until it is discarded', async () => {
    const { page, t } = me;
    await page.goto('/questions/new');
    await text('questions.form.title').fill('How do you keep going?');
    await me.chooseFirst(t('questions.category'));
    await text('questions.form.body').fill('Forty days, then one bad one.');
    const chosen = await category().textContent();
    await page.reload();
    await me.sees(t('editor.restored'));
    await holds('questions.form.title', 'How do you keep going?');
    await holds('questions.form.body', 'Forty days, then one bad one.');
    expect(await category().textContent()).toBe(chosen);

    await me.button('editor.discard').click();
    await holds('questions.form.title', '');
    await holds('questions.form.body', '');
    await page.reload();
    await holds('questions.form.title', '');
    expect(await page.getByText(t('editor.restored')).count()).toBe(0);
    expect(me.complaints).toEqual([]);
  });

  it('is laid beside what was saved elsewhere meanwhile, not over it', async () => {
    const { page, t } = me;
    await page.goto(`/posts/${postId}/edit`);
    await text('posts.field.body').fill('At eight.');
    await page.goto('/questions');
    const elsewhere = { title: 'Saturday', body: 'At nine.' };
    await product.call(anna, 'PATCH', `/posts/${postId}`, { ...elsewhere, version: 1 });

    await page.goto(`/posts/${postId}/edit`);
    await holds('posts.field.body', 'At eight.');
    await me.button('common.save').click();
    await me.sees(t('posts.edit.conflict'));
    await me.sees('At nine.');
    expect(await product.call(anna, 'GET', `/posts/${postId}`)).toMatchObject({ body: 'At nine.' });
    me.expectRefusal(409);

    await me.button('posts.edit.saveMine').click();
    await page.waitForURL(`**/posts/${postId}`);
    expect(await product.call(anna, 'GET', `/posts/${postId}`)).toMatchObject({ body: 'At eight.' });
    expect(me.complaints).toEqual([]);
  });

  it('is not kept when nothing of it is left', async () => {
    const { page, t } = me;
    await page.goto(`/posts/${postId}/edit`);
    const { body } = await product.call(anna, 'GET', `/posts/${postId}`);
    await holds('posts.field.body', body);
    await text('posts.field.body').fill(`${body} Or later.`);
    await page.reload();
    await me.sees(t('editor.restored'));
    await me.button('editor.discard').click();
    await holds('posts.field.body', body);
    // The next version comes from elsewhere; an old draft must not come back over it.
    await product.call(anna, 'PATCH', `/posts/${postId}`, { title: 'Saturday', body: 'At ten.', version: 3 });
    await page.reload();
    await holds('posts.field.body', 'At ten.');
    expect(await page.getByText(t('editor.restored')).count()).toBe(0);
    expect(me.complaints).toEqual([]);
  });

  it('is a comment that could not be sent, which one is told of wherever one has gone meanwhile', async () => {
    const { page, t } = me;
    await page.goto(`/posts/${postId}`);
    await text('comments.write').fill('See you there.');
    let fail = () => {};
    const arrived = new Promise<void>((asked) => {
      void page.route('**/comments', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        asked();
        await new Promise<void>((later) => (fail = later));
        await route.fulfill({ status: 503, json: {} });
      });
    });
    await me.button('comments.send').click();
    await arrived;
    await page
      .getByRole('link', { name: t('nav.today') })
      .first()
      .click();
    await page.waitForURL('/');
    fail();
    await me.sees(t('common.error.unexpected', { status: 503 }));
    me.expectRefusal(503);
    await page.unrouteAll();

    await page.goto(`/posts/${postId}`);
    await me.sees(t('editor.restored'));
    await holds('comments.write', 'See you there.');
    await me.button('comments.send').click();
    await page.getByRole('article').getByText('See you there.').waitFor();
    await expect.poll(() => page.getByText(t('editor.restored')).count()).toBe(0);
    expect(me.complaints).toEqual([]);
  });

  it('belongs to the place it was begun for', async () => {
    const { page } = me;
    await page.goto(`/questions/new?groupId=${groupId}`);
    await text('questions.form.title').fill('Among us');
    await page.goto('/questions/new');
    await holds('questions.form.title', '');
    await page.goto(`/questions/new?groupId=${groupId}`);
    await holds('questions.form.title', 'Among us');
    await me.sees('Early birds');
    expect(me.complaints).toEqual([]);
  });
});

describe('the settings of a group', () => {
  it('follow what others change until one types, and after giving that up', async () => {
    const { page } = me;
    await page.clock.install();
    await page.goto(`/groups/${groupId}/settings`);
    await holds('groups.form.name.label', 'Early birds');
    /** Somebody else changes it, and one comes back to the page. */
    const change = async (notice: string) => {
      await product.call(anna, 'PATCH', `/groups/${groupId}`, { notice });
      await page.clock.fastForward('01:00');
      await Promise.all([
        page.waitForResponse(`**/groups/${groupId}`),
        page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))),
      ]);
    };
    await change('Bring water.');
    await holds('groups.form.notice.label', 'Bring water.');
    await text('groups.form.name.label').fill('Larks');
    await change('Bring tea.');
    await holds('groups.form.name.label', 'Larks');
    await me.button('groups.settings.discard').click();
    await holds('groups.form.name.label', 'Early birds');
    await holds('groups.form.notice.label', 'Bring tea.');
    expect(await me.button('common.save').isDisabled()).toBe(true);
    expect(me.complaints).toEqual([]);
  });
});
