import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectStatus, type TestUser } from '../support/world.js';

const FRIEND = 'https://app.example';

let limited: TestApp;
beforeAll(async () => {
  limited = await createTestApp({
    env: {
      CORS_ORIGINS: FRIEND,
      RATE_LIMIT_ENABLED: 'true',
      RATE_LIMIT_ADDRESS: '12/60',
      RATE_LIMIT_USER: '5/60',
      RATE_LIMIT_LOGIN: '4/60',
      RATE_LIMIT_LOGIN_PHONE: '2/60',
    },
  });
});
afterAll(() => limited.close());

let host = 0;
const address = () => `192.0.2.${++host}`;
const refused = (limit: number) => ({
  statusCode: 429,
  headers: expect.objectContaining({
    'retry-after': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': '0',
    'ratelimit-reset': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
    'cache-control': 'no-store',
    'access-control-allow-origin': FRIEND,
  }),
});

it('limits of an address hold for whatever it sends, whoever is signed in', async () => {
  const remoteAddress = address();
  const headers = { origin: FRIEND, 'accept-language': 'zh' };
  const urls = ['/api/v1/group-categories', '/api/v1/nothing', '/api/v1/me', '/docs/json'];
  for (let i = 0; i < 12; i++) {
    const answer = await limited.app.inject({ url: urls[i % 4]!, headers, remoteAddress });
    expect(answer.statusCode).not.toBe(429);
    expect(answer.headers['ratelimit-remaining']).toBe(String(11 - i));
  }
  for (const url of urls) {
    const answer = await limited.app.inject({ url, headers, remoteAddress });
    expect(answer).toMatchObject(refused(12));
    expect(answer.json()).toMatchObject({
      code: 10040,
      msg: expect.stringMatching(/[\u4e00-\u9fff]/),
      data: { error: 'RATE_LIMITED' },
    });
  }
  expect((await limited.app.inject({ url: '/health/live', remoteAddress })).statusCode).toBe(200);
});

it('limits of a person follow her from address to address, and nobody else', async () => {
  const [ann, ben] = await limited.world.usersOf(2);
  const get = (who: TestUser) =>
    limited.app.inject({
      url: '/api/v1/me',
      remoteAddress: address(),
      headers: { authorization: `Bearer ${limited.api.tokenOf(who)}`, origin: FRIEND },
    });
  for (let i = 0; i < 5; i++) expect((await get(ann!)).statusCode).toBe(200);
  expect(await get(ann!)).toMatchObject(refused(5));
  expect((await get(ben!)).statusCode).toBe(200);
});

it('limits of log-ins hold per address and, for failed ones, per phone', async () => {
  const login = (phone: string, remoteAddress: string) =>
    limited.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { phone, password: 'not the right one' },
      headers: { origin: FRIEND },
      remoteAddress,
    });
  const attacker = address();
  for (let i = 0; i < 4; i++) expect((await login(`1380000100${i}`, attacker)).statusCode).toBe(401);
  expect(await login('13800001009', attacker)).toMatchObject(refused(4));

  const phone = '13800002000';
  for (let i = 0; i < 2; i++) expect((await login(phone, address())).statusCode).toBe(401);
  const answer = await login(phone, address());
  expect(answer.statusCode).toBe(429);
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  // Spelt otherwise it is the same phone.
  expect((await login('+86 138-0000-2000', address())).statusCode).toBe(429);
});

it('limits of previews are their own', async () => {
  const t = await createTestApp({ env: { RATE_LIMIT_ENABLED: 'true', RATE_LIMIT_PREVIEW: '2/60' } });
  try {
    const api = t.api.as(await t.world.user());
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await api.post('/markdown-previews', { body: 'x' })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await api.get('/me')).status).toBe(200);
  } finally {
    await t.close();
  }
});

it('limits of what tells others of it hold for accepting, too', async () => {
  const t = await createTestApp({ env: { RATE_LIMIT_ENABLED: 'true', RATE_LIMIT_WRITE: '4/60' } });
  try {
    const [ann, ben] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const asked = await t.api.as(ann).post('/questions', { title: 'Why?', body: 'Really.', categoryId: 1 });
    const path = `/questions/${expectStatus(201, asked).data.id}`;
    const { id: answerId } = expectStatus(
      201,
      await t.api.as(ben).post(`${path}/answers`, { body: 'So.' }),
    ).data;
    const statuses = [];
    for (let i = 0; i < 2; i++) {
      statuses.push((await t.api.as(ann).put(`${path}/accepted`, { answerId })).status);
      statuses.push((await t.api.as(ann).delete(`${path}/accepted`)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  } finally {
    await t.close();
  }
});
