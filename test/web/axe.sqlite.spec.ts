import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, launchBrowser, type Look, PHONE } from './browser.js';
import { type Product, startProduct } from './product.js';
import { Gallery, settle, show } from './screens.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
declare const axe: { run(options: object): Promise<AxeResults> };

const LOOKS: [string, Partial<Look>][] = [
  ['on a small phone, in Chinese', { viewport: { ...PHONE, width: 360 }, language: 'zh-CN' }],
  ['on a desktop, in English', { viewport: DESKTOP, language: 'en' }],
];
/** What a theme can get wrong; the rest is the same in both. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

let product: Product;
let browser: Browser;
let gallery: Gallery;

// What pages look like does not depend on the database.
describe('every screen', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ demoData: true }), launchBrowser()]);
    gallery = await Gallery.of(product);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it.concurrent.each(LOOKS)(
    'can be read and used by everybody %s',
    async (_, look) => {
      const visitors = await gallery.visitors(browser, look);
      const problems: string[] = [];
      for (const visitor of Object.values(visitors)) {
        // A script of the browser, not of the page: the content security policy stays as it is.
        await visitor.context.addInitScript(AXE);
      }
      for (const screen of gallery.screens) {
        const { page, complaints, strayRequests } = visitors[screen.viewer];
        const tell = (problem: string) => problems.push(`${screen.name}: ${problem}`);
        try {
          await show(visitors[screen.viewer], screen);
        } catch (error) {
          tell(String(error).split('\n')[0]!);
          continue;
        }
        const look = async (theme: string, options: object) => {
          const { violations } = await page.evaluate((given) => axe.run(given), {
            resultTypes: ['violations'],
            ...options,
          });
          for (const { id, impact, help, nodes } of violations) {
            if (impact !== 'serious' && impact !== 'critical') continue;
            const where = nodes.map(
              ({ html, failureSummary }) => `${html.slice(0, 200)} – ${failureSummary}`,
            );
            tell(`${theme}: ${id} (${impact}): ${help}\n    ${where.slice(0, 3).join('\n    ')}`);
          }
        };
        await look('light', {});
        await page.emulateMedia({ colorScheme: 'dark' });
        await page.locator('.v-theme--dark').first().waitFor();
        await settle(page);
        await look('dark', { runOnly: ABOUT_COLOURS });
        await page.emulateMedia({ colorScheme: 'light' });
        if (screen.refusal) visitors[screen.viewer].expectRefusal(screen.refusal);
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (tooWide > 0) tell(`${tooWide} px too wide`);
        complaints.splice(0).forEach((complaint) => tell(complaint));
        strayRequests.splice(0).forEach((url) => tell(`asks ${url}`));
      }
      await Promise.all(Object.values(visitors).map((visitor) => visitor.close()));
      expect(problems).toEqual([]);
    },
    600_000,
  );
});
