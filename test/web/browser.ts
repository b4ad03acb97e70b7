import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findProgram } from '../support/programs.js';

const CHROMIUM_ARGS = [
  // As root, as in CI, there is no sandbox to be had.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface Look {
  viewport: { width: number; height: number };
  locale: 'zh-CN' | 'en-US';
  colorScheme: 'light' | 'dark';
}

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

export function launchBrowser(): Promise<Browser> {
  const executablePath = findProgram('chromium', 'chromium-browser', 'google-chrome');
  if (!executablePath) throw new Error('Chromium is not installed (apt-get install -y chromium)');
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** One person's browser: everything that a console, a policy or the network complains of is kept. */
export class Visitor {
  /** Errors and warnings of the console, uncaught errors, refused by the content security policy. */
  readonly complaints: string[] = [];
  /** Requests to anywhere but the product. */
  readonly strayRequests: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
  ) {}

  static async open(browser: Browser, origin: string, look: Partial<Look> = {}): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: origin,
      viewport: DESKTOP,
      locale: 'en-US',
      timezoneId: 'Asia/Shanghai',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      ...look,
    });
    context.setDefaultTimeout(15_000);
    const visitor = new Visitor(context, await context.newPage(), origin);
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
        this.complaints.push(`${message.text()} (${page.url()})`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${String(error)} (${page.url()})`));
  }

  /** Takes out the one complaint that the browser itself makes of an answer a test has provoked. */
  expectRefusal(status: number): void {
    const at = this.complaints.findIndex((text) => text.includes(`status of ${status}`));
    if (at === -1) throw new Error(`nothing was answered ${status}: ${this.complaints.join('\n')}`);
    this.complaints.splice(at, 1);
  }

  /** Signed in without the page, for what is not about signing in. */
  async signIn(phone: string, password: string): Promise<void> {
    const answer = await this.context.request.post('/api/v1/auth/login', {
      data: { phone, password, refreshIn: 'cookie' },
    });
    if (!answer.ok()) throw new Error(`${phone} cannot sign in: ${await answer.text()}`);
    await this.context.addInitScript(() => localStorage.setItem('higroup.signedIn', 'yes'));
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
