import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TokenSigner } from '../../src/common/auth/token-signer.js';
import { PasswordHasher } from '../../src/modules/user/password-hasher.js';
import { type Account, bearer, codeFor, newPhone, PASSWORD, register, wrong } from '../support/accounts.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID, pagesOf, tally } from '../support/requests.js';
import type { TestUser } from '../support/world.js';

let t: TestApp;
/** Has a password; the tests sign him in anew. */
let ann: Account;
beforeAll(async () => {
  t = await createTestApp({ env: { SMS_DAILY_PER_ADDRESS: '1000', TOKEN_REFRESH_TTL_SECONDS: '86400' } });
  ann = await register(t);
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const MINUTE_MS = 60_000;
const NEW_PASSWORD = 'a new and better one';
const login = (body: object) => t.api.post('/auth/login', body);
const refresh = (refreshToken: string) => t.api.post('/auth/refresh', { refreshToken });
const opens = (token: string) => bearer(t, token).get('/me');
const dead = { status: 401, code: 10031, error: 'TOKEN_INVALID' };
const invalid = { status: 401, code: 20108, error: 'REFRESH_INVALID' };
const reused = { status: 401, code: 20109, error: 'REFRESH_REUSED' };

it('needs a token for the routes about one’s sessions', async () => {
  await expectSignInNeeded(t.api, [
    'POST /auth/logout',
    'GET /auth/sessions',
    'DELETE /auth/sessions/1',
    'POST /me/password',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const { phone, api } = await register(t);
  await expectRubbishRefused(api, [
    ['POST /auth/login', 'phone', { password: PASSWORD }],
    ['POST /auth/login', 'password', { phone }],
    ['POST /auth/login', 'code', { phone, password: PASSWORD, code: '123456' }],
    ['POST /auth/login', 'password', { phone, password: 12345678 }],
    ['POST /auth/login', 'password', { phone, password: 'x'.repeat(257) }],
    ['POST /auth/login', 'code', { phone, code: 123456 }],
    ['POST /auth/login', 'code', { phone, code: '１２３４５６' }],
    ['POST /auth/login', 'admin', { phone, password: PASSWORD, admin: true }],
    ['POST /auth/login', 'refreshIn', { phone, password: PASSWORD, refreshIn: 'both' }],
    ['POST /auth/refresh', 'refreshToken', { refreshToken: 'short' }],
    ['POST /auth/refresh', 'refreshToken', { refreshToken: null }],
    ['POST /auth/logout', 'body', { all: true }],
    ['GET /auth/sessions?limit=0', 'limit'],
    ['GET /auth/sessions?cursor=WyJhIl0', 'cursor'],
    ['DELETE /auth/sessions/1e3', 'id'],
    ['POST /auth/password/reset', 'phone', { code: '123456', password: NEW_PASSWORD }],
    ['POST /auth/password/reset', 'code', { phone, code: '12345', password: NEW_PASSWORD }],
    ['POST /auth/password/reset', 'password', { phone, code: '123456', password: 'short' }],
    ['POST /me/password', 'newPassword', { currentPassword: PASSWORD, newPassword: 'x'.repeat(65) }],
    ['POST /me/password', 'newPassword', { currentPassword: PASSWORD, newPassword: 'nul\0nul\0nul' }],
    ['POST /me/password', 'currentPassword', { newPassword: NEW_PASSWORD }],
  ]);
});

describe('logging in', () => {
  it('by password gives tokens and the account', async () => {
    const { status, data } = await login({ phone: ann.phone, password: PASSWORD });
    expect(status).toBe(200);
    expect(data).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, refreshExpiresIn: 86_400 });
    expect(data.user).toEqual(ann.answer.user);
    expect(await opens(data.accessToken)).toMatchObject({ status: 200, data: { id: ann.id } });
    // As people type a phone.
    expect(await login({ phone: ann.phone.slice(3), password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it('does not tell a wrong password from an unknown phone', async () => {
    const known = await login({ phone: ann.phone, password: 'wrong horse battery' });
    const unknown = await login({ phone: newPhone(), password: PASSWORD });
    expect(known).toMatchObject({ status: 401, code: 20102, error: 'WRONG_CREDENTIALS' });
    const { requestId: _a, ...one } = known.data;
    const { requestId: _b, ...other } = unknown.data;
    expect({ ...other, msg: unknown.msg }).toEqual({ ...one, msg: known.msg });
  });

  it('takes the password exactly', async () => {
    const password = ' Ａccented é 密码 ';
    const { phone } = await register(t, { password });
    expect(await login({ phone, password })).toMatchObject({ status: 200 });
    for (const other of [password.trim(), password.toLowerCase(), password.normalize('NFKC'), ''])
      expect(await login({ phone, password: other })).toMatchObject({ error: 'WRONG_CREDENTIALS' });
  });

  it('by code needs the code, and an account', async () => {
    const phone = newPhone();
    const code = await codeFor(t, phone, 'login');
    expect(await login({ phone, code: wrong(code) })).toMatchObject({ status: 400, error: 'CODE_INVALID' });
    expect(await login({ phone, code })).toMatchObject({ status: 404, error: 'ACCOUNT_NOT_FOUND' });
    t.clock.advance(MINUTE_MS);
    const right = await codeFor(t, ann.phone, 'login');
    expect((await login({ phone: ann.phone, code: right })).data.user.id).toBe(ann.id);
  });

  it('is refused at once when too many passwords wait to be hashed', async () => {
    const queue = t.app.get(PasswordHasher, { strict: false })['queue'];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const jobs = Array.from({ length: 202 }, () => queue.run(() => held));
    const answer = await login({ phone: ann.phone, password: PASSWORD });
    release();
    await Promise.all(jobs);
    expect(answer).toMatchObject({ status: 503, error: 'OVERLOADED' });
    expect(answer.headers['retry-after']).toBe('1');
  });
});

describe('an access token', () => {
  it('is taken in three spellings', async () => {
    const { accessToken: token } = ann.answer;
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { authorization: `bearer ${token}` },
      { authorization: `jwt ${token}` },
      { authorization: `JWT ${token}` },
      { tsessionid: token },
    ] as Record<string, string>[])
      expect((await t.api.with(headers).get('/me')).data, JSON.stringify(headers)).toMatchObject({
        id: ann.id,
      });
    const basic = t.api.with({ authorization: `Basic ${token}` });
    expect(await basic.get('/me')).toMatchObject({ status: 401, error: 'NOT_LOGGED_IN' });
  });

  it('is refused when it is not ours', async () => {
    const { accessToken: token } = ann.answer;
    const [head, body] = token.split('.');
    const other = t.app.get(TokenSigner).sign({ sub: ann.id, sid: NO_SUCH_ID, role: 'user' });
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`;
    for (const bad of ['x', `${head}.${body}.x`, none, `${token}x`, other])
      expect(await opens(bad)).toMatchObject(dead);
  });

  it('expires after a quarter of an hour', async () => {
    const { accessToken } = (await login({ phone: ann.phone, password: PASSWORD })).data;
    t.clock.advance(15 * MINUTE_MS - 1);
    expect(await opens(accessToken)).toMatchObject({ status: 200 });
    t.clock.advance(1);
    const expired = { status: 401, code: 10032, error: 'TOKEN_EXPIRED' };
    expect(await opens(accessToken)).toMatchObject(expired);
    expect(await opens(accessToken)).toMatchObject(expired);
  });
});

describe('refreshing', () => {
  it('rotates the token and keeps the session', async () => {
    const { refreshToken, sessionId } = await t.world.user();
    const { status, data } = await refresh(refreshToken);
    expect(status).toBe(200);
    expect(data).toMatchObject({ sessionId, tokenType: 'Bearer', expiresIn: 900 });
    expect(data.refreshToken).not.toBe(refreshToken);
    expect(await opens(data.accessToken)).toMatchObject({ status: 200 });
    expect(await refresh(data.refreshToken)).toMatchObject({ status: 200 });
  });

  it('keeps a client signed in that refreshes ten times at once', async () => {
    const user = await t.world.user();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(user.refreshToken)));
    expect(tally(answers)).toEqual({ '200': 10 });
    expect(new Set(answers.map(({ data }) => data.refreshToken)).size).toBe(1);
    for (const { data } of answers) expect(await opens(data.accessToken)).toMatchObject({ status: 200 });
    expect(await refresh(answers[0]!.data.refreshToken)).toMatchObject({ status: 200 });
  });

  it('gives the same successor again within twenty seconds, and not after', async () => {
    const { refreshToken } = await t.world.user();
    const first = (await refresh(refreshToken)).data;
    t.clock.advance(20_000);
    expect((await refresh(refreshToken)).data.refreshToken).toBe(first.refreshToken);
    t.clock.advance(1);
    expect(await refresh(refreshToken)).toMatchObject(reused);
  });

  it('ends the whole session when a stolen, older token is used again', async () => {
    const user = await t.world.user();
    const elsewhere = await t.world.signIn(user);
    const second = (await refresh(user.refreshToken)).data;
    const third = (await refresh(second.refreshToken)).data;
    expect(await opens(third.accessToken)).toMatchObject({ status: 200 });
    // Within the grace period, but not the token that was replaced last.
    expect(await refresh(user.refreshToken)).toMatchObject(reused);
    for (const { accessToken, refreshToken } of [user, second, third]) {
      expect(await opens(accessToken)).toMatchObject(dead);
      expect(await refresh(refreshToken)).toMatchObject(invalid);
    }
    expect(await opens(elsewhere.accessToken)).toMatchObject({ status: 200 });
    expect(await refresh(elsewhere.refreshToken)).toMatchObject({ status: 200 });
  });

  it('ends the session once when thief and owner use an old token at the same moment', async () => {
    const { refreshToken, accessToken } = await t.world.user();
    const { data } = await refresh(refreshToken);
    t.clock.advance(MINUTE_MS);
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    // Whoever comes second may find the session ended already.
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers.map(({ error }) => error)).toContain('REFRESH_REUSED');
    expect(await refresh(data.refreshToken)).toMatchObject(invalid);
    expect(await opens(accessToken)).toMatchObject(dead);
  });

  it('is refused for tokens that never were and for sessions not used for long', async () => {
    const { refreshToken } = await t.world.user();
    expect(await refresh('x'.repeat(43))).toMatchObject(invalid);
    expect(await t.api.post('/auth/refresh')).toMatchObject(invalid);
    t.clock.advance(86_400_000 - 1);
    const { data } = await refresh(refreshToken);
    t.clock.advance(86_400_000);
    expect(await refresh(data.refreshToken)).toMatchObject(invalid);
  });
});

describe('sessions', () => {
  const sessionsOf = async (user: TestUser) => pagesOf(t.api.as(user), '/auth/sessions', 2);

  it('are listed newest first, with where they come from', async () => {
    const { phone, api, sessionId } = await register(t);
    const device = t.api.with({ 'user-agent': 'x'.repeat(300) });
    const second = (await device.post('/auth/login', { phone, password: PASSWORD })).data;
    const { items } = (await api.get('/auth/sessions')).data;
    expect(items).toMatchObject([
      { id: second.sessionId, userAgent: 'x'.repeat(255), address: '127.0.0.1', current: false },
      { id: sessionId, current: true, createdAt: START, expiresAt: '2026-03-03T04:00:00.000Z' },
    ]);
  });

  it('are listed page by page, without those that are over', async () => {
    const user = await t.world.user();
    const ids = [user.sessionId];
    for (let i = 0; i < 4; i++) ids.unshift((await t.world.signIn(user)).sessionId);
    await t.api.as(user).delete(`/auth/sessions/${ids[1]}`);
    expect((await sessionsOf(user)).map(({ id }) => id)).toEqual([ids[0], ids[2], ids[3], ids[4]]);
    t.clock.advance(3_600_000);
    const renewed = (await refresh(user.refreshToken)).data;
    t.clock.advance(86_400_000 - 3_600_000);
    const left = await sessionsOf(user);
    expect(left.map(({ id }) => id)).toEqual([renewed.sessionId]);
  });

  it('end at once when they are revoked, and only one’s own', async () => {
    const [user, other] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const phone = await t.world.signIn(user);
    expect(await opens(phone.accessToken)).toMatchObject({ status: 200 });
    const revoke = (by: TestUser, id: number) => t.api.as(by).delete(`/auth/sessions/${id}`);
    const unknown = { status: 404, error: 'SESSION_NOT_FOUND' };
    expect(await revoke(other, phone.sessionId)).toMatchObject(unknown);
    expect(await revoke(user, NO_SUCH_ID)).toMatchObject(unknown);
    expect(await revoke(user, phone.sessionId)).toMatchObject({ status: 200, data: null });
    expect(await revoke(user, phone.sessionId)).toMatchObject(unknown);
    expect(await opens(phone.accessToken)).toMatchObject(dead);
    expect(await refresh(phone.refreshToken)).toMatchObject(invalid);
    expect(await opens(user.accessToken)).toMatchObject({ status: 200 });
  });

  it('end by logging out, once', async () => {
    const user = await t.world.user();
    const logout = () => bearer(t, user.accessToken).post('/auth/logout');
    const answers = await Promise.all([logout(), logout()]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(['SESSION_NOT_FOUND', 'TOKEN_INVALID']).toContain(answers.find(({ error }) => error)?.error);
    expect(await logout()).toMatchObject(dead);
    expect(await refresh(user.refreshToken)).toMatchObject(invalid);
  });
});

describe('a new password', () => {
  it('needs the old one, and ends all other sessions at once', async () => {
    const { phone, api, refreshToken } = await register(t);
    const other = (await login({ phone, password: PASSWORD })).data;
    const change = (currentPassword: string) =>
      api.post('/me/password', { currentPassword, newPassword: NEW_PASSWORD });
    expect(await opens(other.accessToken)).toMatchObject({ status: 200 });
    expect(await change('wrong horse')).toMatchObject({ status: 403, code: 20111, error: 'WRONG_PASSWORD' });
    expect(await opens(other.accessToken)).toMatchObject({ status: 200 });
    expect(await change(PASSWORD)).toMatchObject({ status: 200, data: null });
    expect(await opens(other.accessToken)).toMatchObject(dead);
    expect(await refresh(other.refreshToken)).toMatchObject(invalid);
    expect(await api.get('/me')).toMatchObject({ status: 200 });
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
    expect(await login({ phone, password: PASSWORD })).toMatchObject({ error: 'WRONG_CREDENTIALS' });
    expect(await login({ phone, password: NEW_PASSWORD })).toMatchObject({ status: 200 });
  });

  it('by code ends every session', async () => {
    const { phone, answer, refreshToken } = await register(t);
    const reset = (code: string) =>
      t.api.post('/auth/password/reset', { phone, code, password: NEW_PASSWORD });
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'reset');
    expect(await reset(wrong(code))).toMatchObject({ status: 400, error: 'CODE_INVALID' });
    expect(await opens(answer.accessToken)).toMatchObject({ status: 200 });
    expect(await reset(code)).toMatchObject({ status: 200, data: null });
    expect(await opens(answer.accessToken)).toMatchObject(dead);
    expect(await refresh(refreshToken)).toMatchObject(invalid);
    expect(await login({ phone, password: PASSWORD })).toMatchObject({ error: 'WRONG_CREDENTIALS' });
    expect(await login({ phone, password: NEW_PASSWORD })).toMatchObject({ status: 200 });
  });

  it('by code is for accounts, which only the phone’s holder learns', async () => {
    const phone = newPhone();
    const code = await codeFor(t, phone, 'reset');
    const body = { phone, code, password: NEW_PASSWORD };
    expect(await t.api.post('/auth/password/reset', { ...body, code: wrong(code) })).toMatchObject({
      status: 400,
    });
    const answer = await t.api.post('/auth/password/reset', body);
    expect(answer).toMatchObject({ status: 404, error: 'ACCOUNT_NOT_FOUND' });
  });
});
