import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../support/programs.js';
import { browserOptions } from './browser.js';
import { DEMO_PASSWORD, demoPhone, type Product, startProduct } from './product.js';

/** Not a dependency: 200 packages for a measurement that is made by hand now and then. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = 5;
const WANTED = { performance: 90, accessibility: 100, 'best-practices': 95 };
const PAGES = [
  ['Today', '/'],
  ['a group', '/groups/1'],
] as const;
type Category = keyof typeof WANTED;

interface Report {
  categories: Record<Category, { score: number }>;
  audits: Record<string, { displayValue?: string }>;
}

let product: Product;
let profile: string;
let context: BrowserContext;
let port: number;

beforeAll(async () => {
  product = await startProduct({ demoData: true });
  profile = await mkdtemp(join(tmpdir(), 'higroup-lighthouse-'));
  port = await freePort();
  const { executablePath, args } = browserOptions();
  context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...args, `--remote-debugging-port=${port}`],
    baseURL: product.url,
  });
  await context.request.post('/api/v1/auth/login', {
    data: { phone: demoPhone(0), password: DEMO_PASSWORD, refreshIn: 'cookie' },
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.evaluate(() => localStorage.setItem('higroup.signedIn', 'yes'));
  // A server that has never answered is no part of the question.
  for (const [, path] of PAGES) await page.goto(path, { waitUntil: 'networkidle' });
  await page.close();
});
afterAll(async () => {
  await context?.close();
  await product?.stop();
  if (profile) await rm(profile, { recursive: true, force: true });
});

/**
 * As a phone of the middle class on a slow 4G network, which is what Lighthouse takes for "mobile". It empties the cache and
 * unregisters the service worker before, but leaves the cookie: somebody signed in, whose browser knows nothing of the client.
 */
async function measure(path: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      `${product.url}${path}`,
      `--port=${port}`,
      '--quiet',
      '--output=json',
      `--only-categories=${Object.keys(WANTED).join(',')}`,
    ],
    { maxBuffer: 100e6 },
  );
  return JSON.parse(stdout) as Report;
}

it.each(PAGES)('%s', async (name, path) => {
  const reports: Report[] = [];
  for (let run = 0; run < RUNS; run++) reports.push(await measure(path));
  const score = (report: Report, category: Category) => Math.round(report.categories[category].score * 100);
  reports.sort((a, b) => score(a, 'performance') - score(b, 'performance'));
  const median = reports[Math.floor(RUNS / 2)]!;
  console.log(name, Object.keys(WANTED)[0], ...reports.map((report) => score(report, 'performance')));
  const facts = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  console.log(
    [
      `| ${name}`,
      ...Object.keys(WANTED).map((category) => score(median, category as Category)),
      ...facts.map((id) => median.audits[id]?.displayValue),
    ].join(' | '),
    '|',
  );
  for (const [category, wanted] of Object.entries(WANTED))
    expect(score(median, category as Category), category).toBeGreaterThanOrEqual(wanted);
});
