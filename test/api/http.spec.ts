import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { exampleRequest, needsToken, type Operation, operations } from '../support/operations.js';
import type { TestUser } from '../support/world.js';

const FRIEND = 'https://app.example';

let t: TestApp;
let user: TestUser;
let token: string;
const send = (options: InjectOptions | string) => t.app.inject(options);
const asUser = () => ({ authorization: `Bearer ${token}` });

beforeAll(async () => {
  t = await createTestApp({ env: { CORS_ORIGINS: FRIEND } });
  user = await t.world.user();
  token = t.api.tokenOf(user);
});
afterAll(() => t.close());

describe('a URL', () => {
  it.each([
    [`/api/v1/users/${'1'.repeat(101)}`, 414],
    [`/api/v1/users/${'1'.repeat(50_000)}`, 414],
    [`/api/v1/${'x/'.repeat(20_000)}`, 404],
    [`/api/v1/groups?q=${'x'.repeat(50_000)}`, 400],
    [`/api/v1/groups?${'x=1&'.repeat(20_000)}`, 400],
  ])('that is too long is refused (%#)', async (url, status) => {
    const answer = await send({ url, headers: asUser() });
    expect(answer.statusCode).toBe(status);
    const { code, data } = answer.json();
    expect(code).toBe(status === 400 ? 11001 : 15002);
    // It does not come back as a whole.
    expect(data.request.length).toBeLessThan(400);
    expect(answer.body.length).toBeLessThan(10_000);
  });

  it.each(['/api/v1/me', '/api/v1/me/', '/api/v1/me?'])('%s is one and the same', async (url) => {
    expect((await send({ url, headers: asUser() })).json().data.id).toBe(user.id);
  });

  it.each([
    '/API/v1/me',
    '/api/V1/me',
    '/api/v1/Me',
    '//api/v1/me',
    '/api//v1/me',
    '/api/v1//me',
    '/api/v1/me//',
    '/api/v1/me%2f',
    '/api/v1/me;a=b',
    '/api/v1/me%00',
    '/api%2fv1/me',
  ])('%s is none of ours, signed in or not', async (url) => {
    for (const headers of [{}, asUser()]) {
      const answer = await send({ url, headers });
      expect([400, 404]).toContain(answer.statusCode);
      expect(answer.json()).toMatchObject({
        code: expect.any(Number),
        data: { requestId: expect.any(String) },
      });
    }
  });

  it('may be encoded where it need not be', async () => {
    expect((await send({ url: '/api/v1/%6de', headers: asUser() })).json().data.id).toBe(user.id);
    // And needs its token all the same.
    expect((await send('/api/v1/%6de')).statusCode).toBe(401);
  });
});

describe('methods', () => {
  it('a HEAD is a GET without its body', async () => {
    for (const url of ['/health/live', '/api/v1/group-categories', '/api/v1/me', '/api/v1/users/999999']) {
      const [get, head] = await Promise.all([
        send({ url, headers: asUser() }),
        send({ url, headers: asUser(), method: 'HEAD' }),
      ]);
      expect(head.statusCode, url).toBe(get.statusCode);
      expect(head.body, url).toBe('');
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
    expect((await send({ url: '/api/v1/me', method: 'HEAD' })).statusCode).toBe(401);
  });

  it('every path answers every other method with 405 and the ones it has', async () => {
    const paths = new Map<string, Operation[]>();
    for (const each of operations) paths.set(each.path, [...(paths.get(each.path) ?? []), each]);
    for (const [path, known] of paths) {
      const url = path.replace(/\{\w+\}/g, '1');
      // `members/me` is a member, too.
      const more = [...paths]
        .filter(([other]) => other !== path && matches(other, url))
        .flatMap(([, each]) => each);
      const allowed = new Set([...known, ...more].map(({ method }) => method as string));
      if (allowed.has('GET')) allowed.add('HEAD');
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        if (allowed.has(method)) continue;
        const answer = await send({ method, url, headers: asUser() });
        expect([method, url, answer.statusCode]).toEqual([method, url, 405]);
        expect(answer.headers['allow']).toBe([...allowed].sort().join(', '));
        expect(answer.json()).toMatchObject({
          code: 15002,
          data: { error: 'HTTP_ERROR', request: `${method} ${url}` },
        });
      }
    }
  });

  it.each(['TRACE', 'PROPFIND', 'SEARCH', 'LOCK'])('%s is nothing we know', async (method) => {
    const answer = await send({ method: method as 'GET', url: '/api/v1/me', headers: asUser() });
    expect([404, 405]).toContain(answer.statusCode);
  });

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    '%s overrides nothing',
    async (name) => {
      const answer = await send({ url: '/api/v1/me', headers: { ...asUser(), [name]: 'DELETE' } });
      expect(answer.statusCode).toBe(200);
    },
  );
});

const matches = (template: string, url: string) =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(url);

describe('other origins', () => {
  const preflight = (origin: string, url = '/api/v1/me', method = 'PATCH') =>
    send({ method: 'OPTIONS', url, headers: { origin, 'access-control-request-method': method } });

  it.each([
    'https://evil.example',
    'null',
    'https://app.example.evil.example',
    'http://app.example',
    `${FRIEND}/`,
    `${FRIEND}:444`,
    'https://APP.example.',
  ])('%s may not read answers', async (origin) => {
    for (const answer of [
      await preflight(origin),
      await send({ url: '/api/v1/group-categories', headers: { origin } }),
    ])
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin', origin);
    expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin', '*');
  });

  it('one of the list may, without cookies', async () => {
    const answer = await preflight(FRIEND);
    expect(answer.statusCode).toBe(204);
    expect(answer.body).toBe('');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': FRIEND,
      'access-control-max-age': '86400',
    });
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers['vary']).toMatch(/origin/i);
  });

  it.each([
    ['a success', { url: '/api/v1/group-categories' }, 200],
    ['an unknown path', { url: '/api/v1/nothing' }, 404],
    ['a wrong method', { url: '/api/v1/me', method: 'DELETE' }, 405],
    ['a missing token', { url: '/api/v1/me' }, 401],
    ['a malformed query', { url: '/api/v1/groups?q=%zz' }, 400],
    [
      'a body that is no JSON',
      {
        url: '/api/v1/auth/login',
        method: 'POST',
        payload: '{',
        headers: { 'content-type': 'application/json' },
      },
      400,
    ],
    [
      'a body of another type',
      { url: '/api/v1/auth/login', method: 'POST', payload: 'a', headers: { 'content-type': 'text/plain' } },
      415,
    ],
  ] as [string, InjectOptions, number][])('one of the list may read %s', async (_, options, status) => {
    const answer = await send({ ...options, headers: { ...options.headers, origin: FRIEND } });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe(FRIEND);
    expect(answer.headers['access-control-expose-headers']).toContain('retry-after');
  });
});

describe('headers', () => {
  const answers = () => [
    send({ url: '/api/v1/me', headers: asUser() }),
    send('/api/v1/me'),
    send('/api/v1/nothing'),
    send({ url: '/api/v1/me', method: 'DELETE' }),
    send('/api/v1/%'),
    send('/api/v1/groups?q=%zz'),
    send({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    }),
    send('/health/live'),
    send(`/api/v1/users/${'1'.repeat(200)}`),
  ];

  it('of every answer keep browsers from doing anything with it, and caches from keeping it', async () => {
    for (const answer of await Promise.all(answers())) {
      expect(answer.headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'cache-control': 'no-store',
        'content-type': 'application/json; charset=utf-8',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(answer.headers).not.toHaveProperty('server');
      expect(answer.headers).not.toHaveProperty('x-powered-by');
      expect(answer.headers).not.toHaveProperty('set-cookie');
      if (answer.statusCode >= 400) expect(answer.json().data.requestId).toBe(answer.headers['x-request-id']);
    }
  });

  it.each(['gzip', 'br', 'gzip;q=0, br', '*'])(
    'an answer in %s says so and varies with it',
    async (encoding) => {
      const answer = await send({ url: '/docs/json', headers: { 'accept-encoding': encoding } });
      expect(answer.headers['content-encoding']).toMatch(/^(gzip|br)$/);
      expect(answer.headers['vary']).toMatch(/accept-encoding/i);
    },
  );

  it.each(['identity', 'nonsense', ''])(
    'an answer to a client of the encoding "%s" is plain',
    async (encoding) => {
      const answer = await send({ url: '/docs/json', headers: { 'accept-encoding': encoding } });
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.json().openapi).toBe('3.0.0');
    },
  );

  it.each([
    [undefined, 'en'],
    ['zh-CN', 'zh'],
    ['zh-TW,en;q=0.5', 'zh'],
    ['en-GB,zh;q=0.9', 'en'],
    ['de,fr;q=0.5', 'en'],
    ['de,zh;q=0.1', 'zh'],
    ['*', 'en'],
    [';;;,,,q=zh', 'en'],
    ['zh;q=NaN', 'en'],
    ['zh-'.repeat(5_000), 'en'],
  ])('Accept-Language: %s is answered in %s, with the same cause', async (language, expected) => {
    const answer = await send({
      url: '/api/v1/me',
      headers: language === undefined ? {} : { 'accept-language': language },
    });
    const { code, msg, data } = answer.json();
    expect([code, data.error]).toEqual([10006, 'NOT_LOGGED_IN']);
    expect(/[\u4e00-\u9fff]/.test(msg)).toBe(expected === 'zh');
  });

  it('what others may keep varies with the language and the origin', async () => {
    const { headers } = await send({
      url: '/api/v1/group-categories',
      headers: { 'accept-encoding': 'gzip', origin: FRIEND },
    });
    expect(headers['cache-control']).toMatch(/^public/);
    expect(headers['vary']).toMatch(/accept-language/i);
    expect(headers['vary']).toMatch(/origin/i);
  });

  it.each([['x'.repeat(65)], ['a\tb'], ['a,b'], ['"'], ['{"a":1}'], ['é'], ['']])(
    'a request id like %j is not repeated',
    async (id) => {
      const answer = await send({ url: '/api/v1/me', headers: { 'x-request-id': id } });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.json().data.requestId).toBe(answer.headers['x-request-id']);
    },
  );
});

describe('without a good token', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = () => t.clock.now().getTime() / 1000;
  const claims = () => ({
    sub: String(user.id),
    sid: user.sessionId,
    role: 'user',
    iat: now() - 1,
    exp: now() + 600,
    iss: 'higroup',
    aud: 'higroup',
  });
  const ours = () => t.config.auth.tokenSecret;

  function forge(
    payload: object,
    key: KeyObject | string | Buffer = ours(),
    header: object = { alg: 'HS256', typ: 'JWT' },
    hash = 'sha256',
  ) {
    const text = `${part(header)}.${part(payload)}`;
    return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
  }
  function rsa(header: object) {
    const text = `${part(header)}.${part(claims())}`;
    return `${text}.${createSign('sha256').update(text).sign(privateKey, 'base64url')}`;
  }
  const spki = () => publicKey.export({ type: 'spki', format: 'pem' });

  const TOKENS: Record<string, [make: () => string, error: string]> = {
    'that is rubbish': [() => 'rubbish', 'TOKEN_INVALID'],
    'of empty parts': [() => '..', 'TOKEN_INVALID'],
    'of no JSON': [() => 'YQ.YQ.YQ', 'TOKEN_INVALID'],
    'that is very long': [() => 'a'.repeat(10_000), 'TOKEN_INVALID'],
    'that has expired': [() => forge({ ...claims(), exp: now() }), 'TOKEN_EXPIRED'],
    'that never expires': [() => forge({ ...claims(), exp: undefined }), 'TOKEN_INVALID'],
    'for another audience': [() => forge({ ...claims(), aud: 'other' }), 'TOKEN_INVALID'],
    'for nobody': [() => forge({ ...claims(), aud: undefined }), 'TOKEN_INVALID'],
    'of another issuer': [() => forge({ ...claims(), iss: 'other' }), 'TOKEN_INVALID'],
    'of no user': [() => forge({ ...claims(), sub: '0' }), 'TOKEN_INVALID'],
    'of an unknown role': [() => forge({ ...claims(), role: 'root' }), 'TOKEN_INVALID'],
    'of a session that never was': [() => forge({ ...claims(), sid: 987_654 }), 'TOKEN_INVALID'],
    'signed with another key': [() => forge(claims(), 'guess'), 'TOKEN_INVALID'],
    'signed with an empty key': [() => forge(claims(), ''), 'TOKEN_INVALID'],
    'not signed': [() => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`, 'TOKEN_INVALID'],
    'not signed, spelt otherwise': [() => `${part({ alg: 'nOnE' })}.${part(claims())}.`, 'TOKEN_INVALID'],
    'signed by RSA': [() => rsa({ alg: 'RS256', typ: 'JWT' }), 'TOKEN_INVALID'],
    'signed by RSA, with its key': [
      () => rsa({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }),
      'TOKEN_INVALID',
    ],
    'signed with a public key as secret': [() => forge(claims(), spki()), 'TOKEN_INVALID'],
    'that says RS256 over our secret': [() => forge(claims(), ours(), { alg: 'RS256' }), 'TOKEN_INVALID'],
    'of another hash': [() => forge(claims(), ours(), { alg: 'HS512' }, 'sha512'), 'TOKEN_INVALID'],
    'of a key file': [() => forge(claims(), '', { alg: 'HS256', kid: '/dev/null' }), 'TOKEN_INVALID'],
    'whose payload was changed': [
      () => forge(claims()).replace(/\.[^.]+\./, `.${part({ ...claims(), role: 'admin' })}.`),
      'TOKEN_INVALID',
    ],
    'whose signature was cut': [() => forge(claims()).slice(0, -1), 'TOKEN_INVALID'],
    'whose signature is missing': [() => forge(claims()).replace(/[^.]+$/, ''), 'TOKEN_INVALID'],
  };

  it('is how a token is forged that is good', async () => {
    const headers = { authorization: `Bearer ${forge(claims())}` };
    expect((await send({ url: '/api/v1/me', headers })).statusCode).toBe(200);
  });

  it.each(Object.entries(TOKENS))('every route refuses a token %s', async (_, [make, error]) => {
    const bad = make();
    for (const operation of operations.filter(needsToken)) {
      const headers = { authorization: `Bearer ${bad}` };
      const answer = await send({ ...exampleRequest(operation), headers });
      expect([operation.path, answer.statusCode, answer.json().data.error]).toEqual([
        operation.path,
        401,
        error,
      ]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    // The spellings of the older systems' clients.
    for (const headers of [{ authorization: `jwt ${bad}` }, { tsessionid: bad }])
      expect((await send({ url: '/api/v1/me', headers })).json().data.error).toBe(error);
  });

  it('every route asks for one, however little is sent', async () => {
    for (const operation of operations.filter(needsToken)) {
      for (const headers of [
        {},
        { authorization: '' },
        { authorization: 'Bearer' },
        { authorization: 'Basic dTpw' },
        { cookie: `token=${token}` },
      ]) {
        const answer = await send({
          ...exampleRequest(operation),
          headers: headers as Record<string, string>,
        });
        expect([operation.path, answer.statusCode, answer.json().code]).toEqual([operation.path, 401, 10006]);
      }
    }
    expect((await send(`/api/v1/me?access_token=${token}`)).statusCode).toBe(401);
  });

  it('public routes work, and ignore whatever is sent', async () => {
    // Where a token is optional, one that is sent has to be good.
    const open = operations.filter(({ security }) => security?.length === 0);
    expect(open.length).toBeGreaterThan(5);
    for (const operation of open) {
      const answer = await send({
        ...exampleRequest(operation),
        headers: { authorization: 'Bearer rubbish' },
      });
      expect(String(answer.json().data?.error), operation.path).not.toMatch(/TOKEN|NOT_LOGGED_IN/);
    }
  });
});
