import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cache } from '../../src/common/cache/cache.js';
import { SmsSender } from '../../src/modules/user/sms/sms-sender.js';
import { codeFor, newPhone, register, wrong } from '../support/accounts.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import { expectRubbishRefused, tally } from '../support/requests.js';

const PER_PHONE = 4;
const PER_ADDRESS = 100;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp({
    env: {
      SMS_DAILY_PER_PHONE: String(PER_PHONE),
      SMS_DAILY_PER_ADDRESS: String(PER_ADDRESS),
      TRUST_PROXY: '127.0.0.1',
    },
  });
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const send = (phone: string, purpose = 'login') => t.api.post('/auth/sms-codes', { phone, purpose });
const login = (phone: string, code: string) => t.api.post('/auth/login', { phone, code });
const invalid = { status: 400, code: 20103, error: 'CODE_INVALID' };

it('refuses rubbish and names the field', async () => {
  const route = 'POST /auth/sms-codes';
  const phone = newPhone();
  await expectRubbishRefused(t.api, [
    [route, 'phone', { purpose: 'login' }],
    [route, 'phone', { phone: 13800000001, purpose: 'login' }],
    [route, 'phone', { phone: '12345', purpose: 'login' }],
    [route, 'phone', { phone: '１３８００００００01', purpose: 'login' }],
    [route, 'phone', { phone: ['13800000001'], purpose: 'login' }],
    [route, 'purpose', { phone }],
    [route, 'purpose', { phone, purpose: 'constructor' }],
    [route, 'code', { phone, purpose: 'login', code: '123456' }],
  ]);
});

describe('sending', () => {
  it('answers for known and unknown phones, in every spelling, alike', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const known = await send(phone);
    const unknown = await send(newPhone());
    expect(known).toMatchObject({ status: 201, data: { resendAfter: 60, expiresIn: 600 } });
    expect(unknown.data).toEqual(known.data);
    expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers));
    t.clock.advance(MINUTE_MS);
    await send(` ${phone.slice(3, 6)} ${phone.slice(6, 10)}-${phone.slice(10)}`);
    expect(await send(`0086${phone.slice(3)}`)).toMatchObject({ error: 'CODE_TOO_SOON' });
  });

  it('gives six digits, and keeps only their hash', async () => {
    const phone = newPhone();
    const code = await codeFor(t, phone, 'login');
    expect(code).toMatch(/^\d{6}$/);
    const kept = await t.app.get(Cache).get(`sms:code:${phone}`);
    expect(kept).not.toContain(code);
  });

  it('waits a minute between two codes to one phone, whatever they are for', async () => {
    const phone = newPhone();
    await send(phone, 'login');
    t.clock.advance(MINUTE_MS - 1);
    const tooSoon = await send(phone, 'reset');
    expect(tooSoon).toMatchObject({ status: 429, code: 20104, error: 'CODE_TOO_SOON' });
    expect(tooSoon).toMatchObject({ data: { details: { seconds: 1 } }, headers: { 'retry-after': '1' } });
    t.clock.advance(1);
    expect(await send(phone, 'reset')).toMatchObject({ status: 201 });
  });

  it('sends one code for parallel requests', async () => {
    const phone = newPhone();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(phone)));
    expect(tally(answers)).toEqual({ '201': 1, '429 CODE_TOO_SOON': 9 });
  });

  it('has a daily cap per phone', async () => {
    const phone = newPhone();
    for (let i = 0; i < PER_PHONE; i++) {
      expect(await send(phone)).toMatchObject({ status: 201 });
      t.clock.advance(MINUTE_MS);
    }
    const refused = await send(phone);
    expect(refused).toMatchObject({ status: 429, code: 20105, error: 'CODE_DAILY_LIMIT' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    expect(await send(phone)).toMatchObject({ error: 'CODE_DAILY_LIMIT' });
    t.clock.advance(DAY_MS);
    expect(await send(phone)).toMatchObject({ status: 201 });
  });

  it('has a daily cap per address', async () => {
    const ask = (address: string) =>
      t.api
        .with({ 'x-forwarded-for': address })
        .post('/auth/sms-codes', { phone: newPhone(), purpose: 'login' });
    const allowed = await Promise.all(Array.from({ length: PER_ADDRESS }, () => ask('203.0.113.7')));
    expect(tally(allowed)).toEqual({ '201': PER_ADDRESS });
    expect(await ask('203.0.113.7')).toMatchObject({ status: 429, error: 'CODE_DAILY_LIMIT' });
    expect(await ask('203.0.113.8')).toMatchObject({ status: 201 });
  });

  it('may be asked for again at once when the sender has failed', async () => {
    const phone = newPhone();
    const sender = t.app.get(SmsSender, { strict: false });
    let lost = '';
    vi.spyOn(sender, 'send').mockImplementationOnce((_phone, code) => {
      lost = code;
      return Promise.reject(new Error('no signal'));
    });
    expect(await send(phone)).toMatchObject({ status: 503, code: 20106, error: 'SMS_UNAVAILABLE' });
    expect(await login(phone, lost)).toMatchObject(invalid);
    expect(await send(phone)).toMatchObject({ status: 201 });
  });
});

describe('a code', () => {
  it('is good once', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'login');
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(phone, code)));
    expect(tally(answers)).toEqual({ '200': 1, '400 CODE_INVALID': 3 });
    expect(await login(phone, code)).toMatchObject(invalid);
  });

  it('is good for its phone and its purpose only', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'reset');
    expect(await login(phone, code)).toMatchObject(invalid);
    expect(await login(newPhone(), code)).toMatchObject(invalid);
    const body = { phone, code, password: 'a new and better one' };
    expect(await t.api.post('/auth/register', body)).toMatchObject(invalid);
    expect(await t.api.post('/auth/password/reset', body)).toMatchObject({ status: 200 });
  });

  it('is void after ten minutes', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'login');
    t.clock.advance(10 * MINUTE_MS);
    expect(await login(phone, code)).toMatchObject(invalid);
  });

  it.each(['login', 'register'])('is void once another is sent, for %s', async (purpose) => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const first = await codeFor(t, phone, 'login');
    t.clock.advance(MINUTE_MS);
    const second = await codeFor(t, phone, purpose);
    expect(await login(phone, first)).toMatchObject(invalid);
    if (purpose === 'login') expect(await login(phone, second)).toMatchObject({ status: 200 });
  });

  it('survives four wrong tries', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'login');
    for (let i = 0; i < 4; i++) expect(await login(phone, wrong(code))).toMatchObject(invalid);
    expect(await login(phone, code)).toMatchObject({ status: 200 });
  });

  it('is burnt by five wrong tries, however they come', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'login');
    const tries = await Promise.all(Array.from({ length: 5 }, () => login(phone, wrong(code))));
    expect(tally(tries)).toEqual({ '400 CODE_INVALID': 5 });
    expect(await login(phone, code)).toMatchObject(invalid);
    // A code for something else brings new tries, but not this code back.
    t.clock.advance(MINUTE_MS);
    await codeFor(t, phone, 'reset');
    expect(await login(phone, code)).toMatchObject(invalid);
    t.clock.advance(MINUTE_MS);
    expect(await login(phone, await codeFor(t, phone, 'login'))).toMatchObject({ status: 200 });
  });
});
