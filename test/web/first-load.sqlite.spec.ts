import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, PHONE, Visitor } from './browser.js';
import { type Person, type Product, startProduct } from './product.js';

const BUILD = resolve(import.meta.dirname, '../../dist/web');
const LIMIT_KB = 250;

let product: Product;
let browser: Browser;
let anna: Person;

/** As it travels to browsers that take Brotli. */
function compressedSize(path: string): number {
  const file = join(BUILD, path);
  return existsSync(`${file}.br`)
    ? statSync(`${file}.br`).size
    : brotliCompressSync(readFileSync(file)).length;
}

// What is loaded does not depend on the database.
describe('the first load', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
    anna = await product.register('Anna');
    await product.call(anna, 'POST', '/groups', {
      name: 'Early birds',
      categoryId: 1,
      rule: { timeZone: 'Asia/Shanghai' },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it(`of Today needs less than ${LIMIT_KB} kB of scripts`, async () => {
    const me = await Visitor.open(browser, product.url, { viewport: PHONE, language: 'zh-CN' }, anna);
    const scripts = new Set<string>();
    me.page.on('request', (request) => {
      // Also what a <link rel="modulepreload"> fetches.
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) scripts.add(pathname);
    });
    // What the client fetches only when it has nothing else to do (dialogs, the WebSocket) is none of it.
    await me.context.addInitScript(() => (window.requestIdleCallback = () => 0));
    await me.page.goto('/');
    await me.sees('Early birds');
    await me.page.getByRole('button', { name: 'Early birds' }).first().waitFor();
    await me.page.waitForLoadState('networkidle');

    const sizes = [...scripts].map((path) => ({ path, bytes: compressedSize(path) }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
    console.info(`scripts of the first load: ${scripts.size} files, ${total.toFixed(1)} kB compressed`);
    expect(total).toBeGreaterThan(50);
    expect(total, JSON.stringify(sizes)).toBeLessThan(LIMIT_KB);
    await me.close();
  });
});
