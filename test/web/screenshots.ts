import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { DESKTOP, launchBrowser, PHONE } from './browser.js';
import { type Product, startProduct } from './product.js';
import { Gallery, show } from './screens.js';

const FOLDER = resolve(import.meta.dirname, '../../screenshots');
/** Only those screens whose names contain it. */
const ONLY = process.env.SCREENS ?? '';

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
        // Not the whole of what scrolls: bars at the edges would lie in the middle of it.
        await visitor.page.screenshot({ path: file, animations: 'disabled' });
        files.push(file);
      }
      await Promise.all(Object.values(visitors).map((visitor) => visitor.close()));
      await contactSheets(files, join(FOLDER, name), viewport);
    });
  });
});

/** Many screens on one picture, a dozen each: `phone-light-zh-CN-1.png`. */
async function contactSheets(files: string[], path: string, viewport: { width: number; height: number }) {
  const columns = viewport.width < viewport.height ? 6 : 3;
  const width = viewport.width < viewport.height ? 300 : 600;
  const height = Math.round((width * viewport.height) / viewport.width);
  const perSheet = columns * (columns === 6 ? 2 : 4);
  for (let at = 0; at < files.length; at += perSheet) {
    const page = files.slice(at, at + perSheet);
    const pictures = await Promise.all(page.map((file) => sharp(file).resize(width, height).toBuffer()));
    await sharp({
      create: {
        width: columns * (width + 8),
        height: Math.ceil(page.length / columns) * (height + 8),
        channels: 3,
        background: '#888',
      },
    })
      .composite(
        pictures.map((input, index) => ({
          input,
          left: (index % columns) * (width + 8) + 4,
          top: Math.floor(index / columns) * (height + 8) + 4,
        })),
      )
      .png()
      .toFile(`${path}-${at / perSheet + 1}.png`);
  }
}
