import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, PATIENCE, PHONE, Visitor } from './browser.js';
import { type Person, type Product, startProduct } from './product.js';

const GROUP = 'Early birds';
const POST = 'See you on Saturday';

let product: Product;
let browser: Browser;
let anna: Person;
let groupId: number;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  anna = await product.register('Anna');
  ({ id: groupId } = await product.call(anna, 'POST', '/groups', {
    name: GROUP,
    categoryId: 1,
    rule: { timeZone: 'Asia/Shanghai' },
  }));
  await product.call(anna, 'POST', `/groups/${groupId}/posts`, { title: POST, body: 'At seven.' });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const checkIn = ({ page, t }: Visitor) =>
  page.getByRole('button', { name: t('checkIn.of', { action: t('checkIn.checkIn'), groupName: GROUP }) });

describe('checking in', () => {
  it('is shown at once and taken back when the server refuses', async () => {
    const me = await Visitor.open(browser, product.url, { viewport: PHONE }, anna);
    const { page, t } = me;
    await page.goto('/');
    await checkIn(me).waitFor();
    // A server that fails cannot be had from outside: this one answer stands for it, and comes when it is told to.
    let fail = () => {};
    const failed = new Promise<void>((resolve) => (fail = resolve));
    await page.route('**/check-ins', async (route) => {
      await failed;
      await route.fulfill({
        status: 503,
        json: { code: 503, msg: 'Not now', data: { error: 'UNAVAILABLE' } },
      });
    });
    await checkIn(me).click();
    await me.sees(t('checkIn.done'));
    fail();
    await checkIn(me).waitFor();
    expect(await page.getByText(t('checkIn.done')).filter({ visible: true }).count()).toBe(0);
    await me.sees('Not now');
    me.expectRefusal(503);

    await page.unroute('**/check-ins');
    await checkIn(me).click();
    await me.sees(t('checkIn.streak.day', { n: 1 }, 1));
    await page.getByRole('button', { name: t('checkIn.undoOf', { groupName: GROUP }) }).click();
    await checkIn(me).waitFor();
    await expect
      .poll(async () => (await product.call(anna, 'GET', '/me/today')).items[0].state, { timeout: PATIENCE })
      .toBe('PENDING');
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});

describe('a page that is behind', () => {
  it('keeps the note that came after a check-in elsewhere, and says so', async () => {
    const me = await Visitor.open(browser, product.url, { viewport: PHONE }, anna);
    const { page, t } = me;
    await page.goto('/');
    await page.getByRole('button', { name: t('checkIn.withMoreOf', { groupName: GROUP }) }).click();
    await me.field('checkIn.noteOptional').fill('Five kilometres');
    const { checkIn: first } = await product.call(anna, 'POST', `/groups/${groupId}/check-ins`, {});
    const send = page.getByRole('dialog').getByRole('button', { name: t('checkIn.checkIn'), exact: true });
    await send.click();
    await me.sees(t('checkIn.notTaken'));
    await product.call(anna, 'DELETE', `/groups/${groupId}/check-ins/${first.id}`);
    await send.click();
    await send.waitFor({ state: 'detached' });
    const { items } = await product.call(anna, 'GET', `/groups/${groupId}/check-ins`);
    expect(items.map(({ note }: { note: string }) => note)).toEqual(['Five kilometres']);
    await product.call(anna, 'DELETE', `/groups/${groupId}/check-ins/${items[0].id}`);
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('goes on to the next day with all that it shows', async () => {
    const me = await Visitor.open(browser, product.url, { viewport: PHONE }, anna);
    const { page, t } = me;
    await page.clock.install();
    await page.goto(`/groups/${groupId}`);
    await me.sees(t('group.stats.today'));
    const { today } = await product.call(anna, 'GET', `/groups/${groupId}`);
    const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
    // The server's clock cannot be put forward: this one answer stands for what it says after midnight.
    await page.route(`**/groups/${groupId}`, async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      Object.assign(json.data, { today: tomorrow });
      await route.fulfill({ response, json });
    });
    const [board] = await Promise.all([
      page.waitForRequest(`**/groups/${groupId}/days/${tomorrow}*`),
      page.waitForRequest(`**/groups/${groupId}/stats`),
      page.clock.fastForward('24:01:00'),
    ]);
    expect(board.method()).toBe('GET');
    await me.close();
  });
});

describe('with the keyboard alone', () => {
  it('one signs in, checks in, opens a post and comments', async () => {
    const me = await Visitor.open(browser, product.url);
    const { page, t } = me;
    const named = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const label =
          element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
        return (label ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
      });
    /** Presses Tab until it is there, and looks whether one sees where one is. */
    const tabTo = async (name: string) => {
      const passed: string[] = [];
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        passed.push(await named());
        if (passed.at(-1)!.startsWith(name)) {
          expect(await page.evaluate(() => document.activeElement!.matches(':focus-visible'))).toBe(true);
          return;
        }
      }
      throw new Error(`Tab does not lead to "${name}" but to ${passed.join(', ')}`);
    };

    await page.goto('/sign-in');
    await me.field('account.phone').waitFor();
    await tabTo(t('account.phone'));
    await page.keyboard.type(anna.phone);
    await tabTo(t('account.password.label'));
    await page.keyboard.type(anna.password);
    await page.keyboard.press('Enter');

    await checkIn(me).waitFor();
    await tabTo(t('checkIn.of', { action: t('checkIn.checkIn'), groupName: GROUP }));
    await page.keyboard.press('Enter');
    await me.sees(t('checkIn.done'));

    await page.goto('/feed');
    await page.getByRole('link', { name: POST }).waitFor();
    await tabTo(POST);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/posts\/\d+$/);
    await me.field('comments.write').waitFor();
    await tabTo(t('comments.write'));
    await page.keyboard.type('I am there.');
    await tabTo(t('comments.send'));
    await page.keyboard.press('Enter');
    await page.getByRole('article').filter({ hasText: 'I am there.' }).last().waitFor();
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
