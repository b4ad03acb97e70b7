import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeFor, newPhone, PASSWORD, register } from '../support/accounts.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { tally } from '../support/requests.js';

// In a file of its own: passport knows one strategy per process, that of the application made last.
let t: TestApp;
beforeAll(async () => {
  t = await createTestApp({
    env: { RATE_LIMIT_ENABLED: 'true', RATE_LIMIT_LOGIN_PHONE: '3/900', RATE_LIMIT_PASSWORD: '3/900' },
  });
});
afterAll(() => t.close());

const MINUTE_MS = 60_000;
const NEW_PASSWORD = 'a new and better one';

it('stops guesses for the phone, known or not, until its holder resets the password', async () => {
  const { phone } = await register(t);
  const other = await register(t);
  const guess = (at: string, password: string) => t.api.post('/auth/login', { phone: at, password });
  for (const at of [phone, newPhone()]) {
    const guesses = await Promise.all(Array.from({ length: 5 }, () => guess(at, 'wrong horse')));
    expect(tally(guesses)).toEqual({ '401 WRONG_CREDENTIALS': 3, '429 RATE_LIMITED': 2 });
  }
  const refused = await guess(phone, PASSWORD);
  expect(refused).toMatchObject({ status: 429, code: 10040 });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(await guess(other.phone, PASSWORD)).toMatchObject({ status: 200 });
  t.clock.advance(MINUTE_MS);
  const code = await codeFor(t, phone, 'reset');
  await t.api.post('/auth/password/reset', { phone, code, password: NEW_PASSWORD });
  expect(await guess(phone, NEW_PASSWORD)).toMatchObject({ status: 200 });
});

it('forgets wrong guesses once the password is right', async () => {
  const { phone } = await register(t);
  for (const password of ['wrong horse', 'wrong horse', PASSWORD, 'wrong horse', 'wrong horse', PASSWORD]) {
    const { status } = await t.api.post('/auth/login', { phone, password });
    expect(status).toBe(password === PASSWORD ? 200 : 401);
  }
});

it('stops a signed-in thief, too', async () => {
  const { api } = await register(t);
  const body = { currentPassword: 'wrong horse', newPassword: NEW_PASSWORD };
  const guesses = await Promise.all(Array.from({ length: 5 }, () => api.post('/me/password', body)));
  expect(tally(guesses)).toEqual({ '403 WRONG_PASSWORD': 3, '429 RATE_LIMITED': 2 });
});
