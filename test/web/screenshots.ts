import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { DESKTOP, launchBrowser, PHONE } from './browser.js';
import { type Product, startProduct } from './product.js';
import { Gallery, settle, show } from './screens.js';

const FOLDER = resolve(import.meta.dirname, '../../screenshots');
/** Only those screens whose names contain it. */
const ONLY = process.env.SCREENS ?? '';

/** Of pictures, in pixels: lists without end are cut here. */
const HIGHEST = 4000;

let product: Product;
let browser: Browser;
let gallery: Gallery;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoData: true }), launchBrowser()]);
  gallery = await Gallery.of(product);
  if (!ONLY) await rm(FOLDER, { recursive: true, force: true });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('%s', (device, viewport) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it.each(['zh-CN', 'en'] as const)('%s', async (language) => {
      const name = `${device}-${colorScheme}-${language}`;
      const folder = join(FOLDER, name);
      await mkdir(folder, { recursive: true });
      const visitors = await gallery.visitors(browser, { viewport, colorScheme, language });
      const files: string[] = [];
      for (const screen of gallery.screens.filter((one) => one.name.includes(ONLY))) {
        const visitor = visitors[screen.viewer];
        const file = join(folder, `${screen.name}.png`);
        await show(visitor, screen).catch((error: unknown) =>
          console.error(`${screen.name}: ${String(error)}`),
        );
        await photograph(visitor.page, file);
        files.push(file);
      }
      await Promise.all(Object.values(visitors).map((visitor) => visitor.close()));
      await contactSheets(files, join(FOLDER, name), viewport);
    });
  });
});

/** All of what scrolls, in a window as high: in a picture of the page the bars at the edges would lie in its middle. */
async function photograph(page: Page, path: string): Promise<void> {
  const { width, height } = page.viewportSize()!;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  if (whole > height) {
    await page.setViewportSize({ width, height: Math.min(whole, HIGHEST) });
    await settle(page);
  }
  await page.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize({ width, height });
}

/** Many screens on one picture, each with as much as stays readable: `phone-light-zh-CN-1.png`. */
async function contactSheets(files: string[], path: string, viewport: { width: number; height: number }) {
  const isPhone = viewport.width < viewport.height;
  const [columns, rows, width, highest] = isPhone ? [5, 1, 390, 1900] : [2, 2, 800, 900];
  const perSheet = columns * rows;
  for (let at = 0; at < files.length; at += perSheet) {
    const pictures = [];
    let top = 0;
    for (let first = at; first < Math.min(at + perSheet, files.length); first += columns) {
      const row = await Promise.all(
        files.slice(first, Math.min(first + columns, at + perSheet)).map(async (file) => {
          const scaled = await sharp(file).resize({ width }).toBuffer({ resolveWithObject: true });
          const height = Math.min(scaled.info.height, highest);
          return {
            height,
            input: await sharp(scaled.data).extract({ left: 0, top: 0, width, height }).toBuffer(),
          };
        }),
      );
      pictures.push(...row.map(({ input }, index) => ({ input, left: index * (width + 8), top })));
      top += Math.max(...row.map(({ height }) => height)) + 8;
    }
    await sharp({
      create: { width: columns * (width + 8), height: top, channels: 3, background: '#888' },
    })
      .composite(pictures)
      .png()
      .toFile(`${path}-${at / perSheet + 1}.png`);
  }
}
