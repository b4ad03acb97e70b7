import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Account, bearer, PASSWORD, register } from '../support/accounts.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import type { Answer } from '../support/client.js';
import { logOf } from '../support/log.js';
import { operations, exampleRequest, needsToken } from '../support/operations.js';
import { tally } from '../support/requests.js';

const TTL = 86_400;
const SECONDS = 1_000;
const env = { SMS_DAILY_PER_ADDRESS: '1000', TOKEN_REFRESH_TTL_SECONDS: String(TTL) };

let t: TestApp;
let ann: Account;
beforeAll(async () => {
  t = await createTestApp({ env });
  ann = await register(t);
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const PAST_GRACE = 21 * SECONDS;
const CLEARED = 'higroup_refresh=; Max-Age=0; Path=/api/v1/auth/refresh; HttpOnly; SameSite=Strict';
const kept = (token: string) =>
  `higroup_refresh=${token}; Max-Age=${TTL}; Path=/api/v1/auth/refresh; HttpOnly; SameSite=Strict`;
const invalid = { status: 401, code: 20108, error: 'REFRESH_INVALID' };
const reused = { status: 401, code: 20109, error: 'REFRESH_REUSED' };

const cookieOf = ({ headers }: Answer) => headers['set-cookie'];
/** The token in the cookie that an answer sets. */
const tokenOf = (answer: Answer) => /^higroup_refresh=([\w-]{43});/.exec(cookieOf(answer) as string)![1]!;
const login = (refreshIn?: unknown) =>
  t.api.post('/auth/login', { phone: ann.phone, password: PASSWORD, refreshIn });
const refresh = (cookie: string, headers: Record<string, string> = {}, body: object = {}) =>
  t.api.with({ ...headers, cookie }).post('/auth/refresh', body);
const refreshBy = (token: string, headers: Record<string, string> = {}) =>
  refresh(`theme=dark; higroup_refresh=${token}; other=1`, headers);
const isOpen = async (accessToken: string) => (await bearer(t, accessToken).get('/me')).status === 200;

/** A session of a page: its refresh token, as the browser has it, and its access token. */
async function session() {
  const answer = await login('cookie');
  return { token: tokenOf(answer), accessToken: answer.data.accessToken as string };
}

describe('signing in', () => {
  it('puts the refresh token into the cookie when asked to, and nowhere else', async () => {
    const answer = await login('cookie');
    expect(answer.status).toBe(200);
    expect(answer.data).toMatchObject({ refreshToken: null, refreshExpiresIn: TTL, user: { id: ann.id } });
    expect(cookieOf(answer)).toBe(kept(tokenOf(answer)));
    expect(await isOpen(answer.data.accessToken)).toBe(true);
    const { answer: registered } = await register(t, { refreshIn: 'cookie' });
    expect(registered.refreshToken).toBeNull();
  });

  it.each([undefined, 'body'])('sets no cookie when asked for %s', async (refreshIn) => {
    const answer = await login(refreshIn);
    expect(answer.data.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(cookieOf(answer)).toBeUndefined();
  });

  it.each(['Cookie', '', null, true, ['cookie']])('refuses %j', async (refreshIn) => {
    const answer = await login(refreshIn);
    expect(answer).toMatchObject({ status: 400, fields: { refreshIn: [expect.any(String)] } });
    expect(cookieOf(answer)).toBeUndefined();
  });

  it('sets no cookie when it fails', async () => {
    const wrong = { phone: ann.phone, password: 'wrong horse battery', refreshIn: 'cookie' };
    const answer = await t.api.post('/auth/login', wrong);
    expect([answer.status, cookieOf(answer)]).toEqual([401, undefined]);
  });
});

describe('refreshing by cookie', () => {
  it('rotates the token, and tells it to nobody', async () => {
    const { token } = await session();
    const answer = await refreshBy(token);
    expect(answer).toMatchObject({ status: 200, data: { refreshToken: null, refreshExpiresIn: TTL } });
    const next = tokenOf(answer);
    expect(next).not.toBe(token);
    expect(cookieOf(answer)).toBe(kept(next));
    expect(JSON.stringify(answer.data)).not.toContain(next);
    expect(await isOpen(answer.data.accessToken)).toBe(true);
    expect(await refreshBy(next)).toMatchObject({ status: 200 });
  });

  it('takes no body, an empty one, and headers of a page of its own', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }] as Record<string, string>[]) {
      const { token } = await session();
      const cookie = `higroup_refresh=${token}`;
      const bare = await t.app.inject({
        method: 'POST',
        url: '/api/v1/auth/refresh',
        headers: { ...headers, cookie },
      });
      expect(bare.statusCode).toBe(200);
    }
  });

  it('keeps tabs signed in that refresh at the same moment: all get the same successor', async () => {
    const { token } = await session();
    const answers = await Promise.all([refreshBy(token), refreshBy(token)]);
    expect(tally(answers)).toEqual({ '200': 2 });
    expect(new Set(answers.map(cookieOf)).size).toBe(1);
    t.clock.advance(PAST_GRACE);
    expect(await refreshBy(tokenOf(answers[0]))).toMatchObject({ status: 200 });
  });

  it('ends the session when a token is used again after the grace period, and clears the cookie', async () => {
    const { token, accessToken } = await session();
    const next = tokenOf(await refreshBy(token));
    t.clock.advance(PAST_GRACE);
    const answer = await refreshBy(token);
    expect(answer).toMatchObject(reused);
    expect(cookieOf(answer)).toBe(CLEARED);
    expect(await isOpen(accessToken)).toBe(false);
    const after = await refreshBy(next);
    expect(after).toMatchObject(invalid);
    expect(cookieOf(after)).toBe(CLEARED);
  });

  it.each(['x', 'x'.repeat(43), '"', '%00', '%zz', 'a,b', '__proto__', 'ü'])(
    'refuses %j, and clears the cookie',
    async (value) => {
      const answer = await refresh(`higroup_refresh=${value}`);
      expect(answer).toMatchObject(invalid);
      expect(cookieOf(answer)).toBe(CLEARED);
    },
  );

  it.each(['', '=', ';;;', 'higroup_refresh', 'higroup_refresh=', 'Higroup_Refresh=x', 'a=b', '__proto__=x'])(
    'takes the header %j for none, and leaves it alone',
    async (cookie) => {
      const answer = await refresh(cookie);
      expect(answer).toMatchObject(invalid);
      expect(cookieOf(answer)).toBeUndefined();
    },
  );

  it.each(['cross-site', 'same-site', 'none', 'rubbish', ''])(
    'is refused, and rotates nothing, when the browser says %j',
    async (site) => {
      const { token } = await session();
      const answer = await refreshBy(token, { 'sec-fetch-site': site });
      expect(answer).toMatchObject({ status: 403, code: 10033, error: 'CROSS_SITE' });
      expect(cookieOf(answer)).toBeUndefined();
      t.clock.advance(PAST_GRACE);
      // Were it used up, this would be its second use.
      expect(await refreshBy(token)).toMatchObject({ status: 200 });
    },
  );

  it('is nothing a form of another site can cause', async () => {
    const { token } = await session();
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
    ]) {
      const headers = { cookie: `higroup_refresh=${token}`, 'content-type': type };
      const payload = '{"a":"="}';
      const url = '/api/v1/auth/refresh';
      expect((await t.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(415);
    }
    expect(await refreshBy(token)).toMatchObject({ status: 200 });
  });
});

describe('a token in the body', () => {
  it('wins over the cookie, which stays as it is', async () => {
    const [page, app] = [await session(), (await login()).data];
    const cookie = `higroup_refresh=${page.token}`;
    const answer = await refresh(
      cookie,
      { 'sec-fetch-site': 'cross-site' },
      { refreshToken: app.refreshToken },
    );
    expect(answer).toMatchObject({ status: 200, data: { sessionId: app.sessionId } });
    expect(answer.data.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(cookieOf(answer)).toBeUndefined();
    const refused = await refresh(cookie, {}, { refreshToken: 'x'.repeat(43) });
    expect(refused).toMatchObject(invalid);
    expect(cookieOf(refused)).toBeUndefined();
    t.clock.advance(PAST_GRACE);
    expect(await refreshBy(page.token)).toMatchObject({ status: 200 });
  });

  it('is refused where it is none, cookie or not', async () => {
    const { token } = await session();
    for (const refreshToken of [null, '', 'short', 1, {}]) {
      const answer = await refresh(`higroup_refresh=${token}`, {}, { refreshToken });
      expect(answer).toMatchObject({ status: 400, fields: { refreshToken: [expect.any(String)] } });
    }
    t.clock.advance(PAST_GRACE);
    expect(await refreshBy(token)).toMatchObject({ status: 200 });
  });
});

describe('logging out', () => {
  it('clears the cookie, also where there was none, and where the session had ended', async () => {
    const { token, accessToken } = await session();
    const logout = (accessToken: string) => bearer(t, accessToken).post('/auth/logout');
    const both = await Promise.all([logout(accessToken), logout(accessToken)]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of both) if (answer.error !== 'TOKEN_INVALID') expect(cookieOf(answer)).toBe(CLEARED);
    expect(await refreshBy(token)).toMatchObject(invalid);
    const app = (await login()).data;
    const answer = await logout(app.accessToken);
    expect(answer).toMatchObject({ status: 200, data: null });
    expect(cookieOf(answer)).toBe(CLEARED);
  });
});

describe('the cookie', () => {
  it('lets nobody in anywhere', async () => {
    const { token, accessToken } = await session();
    for (const value of [token, accessToken])
      for (const operation of operations.filter(needsToken)) {
        const answer = await t.app.inject({
          ...exampleRequest(operation),
          headers: { cookie: `higroup_refresh=${value}` },
        });
        expect([operation.path, answer.statusCode, answer.json().code]).toEqual([operation.path, 401, 10006]);
        expect(answer.headers).not.toHaveProperty('set-cookie');
      }
  });

  it('is not for pages of other origins', async () => {
    const origin = 'https://app.example';
    const other = await createTestApp({ env: { ...env, CORS_ORIGINS: origin } });
    const { refreshToken } = await other.world.user();
    const headers = { origin, cookie: `higroup_refresh=${refreshToken}`, 'sec-fetch-site': 'cross-site' };
    const answer = await other.api.with(headers).post('/auth/refresh');
    expect(answer).toMatchObject({ status: 403, error: 'CROSS_SITE' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    await other.close();
  });

  it('is in no line of the log', async () => {
    const tokens: string[] = [];
    const log = await logOf({ env }, async ({ world, api }) => {
      const { refreshToken } = await world.user();
      const ask = (token: string, headers = {}) =>
        api.with({ ...headers, cookie: `higroup_refresh=${token}` }).post('/auth/refresh');
      tokens.push(refreshToken, tokenOf(await ask(refreshToken)), 'never-was-a-token');
      await ask(refreshToken, { 'sec-fetch-site': 'cross-site' });
      await ask(tokens[1]!);
      // A warning: it was not the last one.
      expect(await ask(refreshToken)).toMatchObject(reused);
      await ask('never-was-a-token');
    });
    expect(log).toContain('REFRESH_REUSED');
    expect(log.match(/"route":"\/api\/v1\/auth\/refresh"/g)).toHaveLength(5);
    expect(log).not.toContain('higroup_refresh');
    for (const token of tokens) expect(log).not.toContain(token);
  });
});

// Last, as the strategy of the newest application in a process is that of all.
describe('the cookie is for https alone', () => {
  const secureBy = async (env: NodeJS.ProcessEnv, headers: Record<string, string>) => {
    const other = await createTestApp({ env });
    const user = await other.world.user();
    const answer = await other.api
      .with({ cookie: `higroup_refresh=${user.refreshToken}`, ...headers })
      .post('/auth/refresh');
    await other.close();
    return String(cookieOf(answer)).includes('; Secure');
  };

  it.each([
    ['people come by https', { PUBLIC_URL: 'https://higroup.example' }, {}, true],
    ['people come by http', { PUBLIC_URL: 'http://higroup.local:3000' }, {}, false],
    ['a trusted proxy says so', { TRUST_PROXY: '127.0.0.1' }, { 'x-forwarded-proto': 'https' }, true],
    ['anybody says so', {}, { 'x-forwarded-proto': 'https' }, false],
  ])('when %s: %j', async (_, env, headers, secure) => {
    expect(await secureBy(env, headers as Record<string, string>)).toBe(secure);
  });
});
