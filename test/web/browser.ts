import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { findProgram } from '../support/programs.js';
import { type Language, type Texts, textsOf } from './texts.js';

const CHROMIUM_ARGS = [
  // As root, as in CI, there is no sandbox to be had.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** How long the slowest of machines may take to show what it has. In milliseconds. */
export const PATIENCE = 20_000;

export interface Look {
  viewport: { width: number; height: number };
  language: Language;
  colorScheme: 'light' | 'dark';
  /** `block` where requests are caught: those of a service worker, which begins when it likes, cannot be. */
  serviceWorkers: 'allow' | 'block';
}

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

export const launchBrowser = (): Promise<Browser> => chromium.launch(browserOptions());

/** What Playwright is to start, and how. */
export function browserOptions() {
  const executablePath = findProgram('chromium', 'chromium-browser', 'google-chrome');
  if (!executablePath) throw new Error('Chromium is not installed (apt-get install -y chromium)');
  return { executablePath, args: CHROMIUM_ARGS };
}

/** One person's browser: everything that a console, a policy or the network complains of is kept. */
export class Visitor {
  /** Errors and warnings of the console, uncaught errors, refused by the content security policy. */
  readonly complaints: string[] = [];
  /** Requests to anywhere but the product. */
  readonly strayRequests: string[] = [];
  /** The client's texts in this person's language. */
  readonly t: Texts;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
    language: Language,
  ) {
    this.t = textsOf(language);
  }

  /** @param account signed in without the page, for what is not about signing in */
  static async open(
    browser: Browser,
    origin: string,
    look: Partial<Look> = {},
    account?: { phone: string; password: string },
  ): Promise<Visitor> {
    const { viewport = DESKTOP, language = 'en', colorScheme = 'light', serviceWorkers = 'allow' } = look;
    const context = await browser.newContext({
      baseURL: origin,
      viewport,
      locale: language === 'en' ? 'en-US' : language,
      timezoneId: 'Asia/Shanghai',
      colorScheme,
      serviceWorkers,
      reducedMotion: 'reduce',
      storageState: account && {
        cookies: [],
        origins: [{ origin, localStorage: [{ name: 'higroup.signedIn', value: 'yes' }] }],
      },
    });
    context.setDefaultTimeout(PATIENCE);
    if (account) {
      const answer = await context.request.post('/api/v1/auth/login', {
        data: { phone: account.phone, password: account.password, refreshIn: 'cookie' },
      });
      if (!answer.ok()) throw new Error(`${account.phone} cannot sign in: ${await answer.text()}`);
    }
    const visitor = new Visitor(context, await context.newPage(), origin, language);
    context.on('page', (page) => visitor.listenTo(page));
    visitor.listenTo(visitor.page);
    context.on('request', (request) => {
      const url = new URL(request.url());
      const isLocal = ['data:', 'blob:'].includes(url.protocol) || url.host === new URL(origin).host;
      if (!isLocal) visitor.strayRequests.push(request.url());
    });
    return visitor;
  }

  private listenTo(page: Page): void {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()))
        this.complaint(`${message.text()} ${message.location().url}`, page);
    });
    page.on('pageerror', (error) => this.complaint(String(error.stack), page));
  }

  private complaint(text: string, page: Page): void {
    this.complaints.push(`${text.split('\n', 3).join(' ')} (${page.url()})`);
  }

  /** Takes out the one complaint that the browser itself makes of an answer a test has provoked. */
  expectRefusal(status: number): void {
    const at = this.complaints.findIndex((text) => text.includes(`status of ${status}`));
    if (at === -1) throw new Error(`nothing was answered ${status}: ${this.complaints.join('\n')}`);
    this.complaints.splice(at, 1);
  }

  /** By the form of the page that asks for it. */
  async enter({ phone, password }: { phone: string; password: string }): Promise<void> {
    await this.field('account.phone').fill(phone);
    await this.field('account.password.label').fill(password);
    await this.button('account.signIn.submit').click();
  }

  button(key: string, values?: Record<string, unknown>): Locator {
    return this.page.getByRole('button', { name: this.t(key, values), exact: true });
  }

  link(key: string): Locator {
    return this.page.getByRole('link', { name: this.t(key), exact: true });
  }

  field(key: string): Locator {
    return this.page.getByLabel(this.t(key), { exact: true });
  }

  /** Of a list that opens. */
  async choose(label: string, option: string): Promise<void> {
    await this.boxOf(label).click({ force: true });
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** The first of a list of which nothing is chosen yet. */
  async chooseFirst(label: string): Promise<void> {
    const box = this.boxOf(label);
    const chosen = this.page.locator('.v-input', { has: box }).locator('.v-select__selection-text');
    // On a busy machine the list may still move below a click, which then closes it: as anybody would, one opens it again.
    for (let tries = 1; (await chosen.count()) === 0; tries++) {
      if (tries > 3) throw new Error(`nothing is chosen as ${label}`);
      await box.click({ force: true });
      const first = this.page.getByRole('option').first();
      await first.click();
      await first.waitFor({ state: 'hidden' });
    }
  }

  /** To be clicked by force: the input itself lies below what shows its choice. */
  private boxOf(label: string): Locator {
    return this.page.getByRole('combobox', { name: label, exact: true });
  }

  /** Waits until a text is shown. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Into `screenshots/failed`, for whoever asks why a test has failed. */
  async photograph(name: string): Promise<void> {
    const path = resolve(import.meta.dirname, '../../screenshots/failed', `${name}.png`);
    await this.page.screenshot({ path });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
