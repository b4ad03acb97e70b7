import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWebClient } from '../../src/common/http/web-client.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { logOf } from '../support/log.js';

const SCRIPT = `${'console.log("a line of the client");\n'.repeat(200)}`;
const PAGE = `<!doctype html>
<html><head><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>HiGroup</title></head>
<body><script type="module" nonce="__CSP_NONCE__" src="/assets/index-B1x.js"></script></body></html>
`;
const FILES: Record<string, string | Buffer> = {
  'index.html': PAGE,
  'index.html.br': brotliCompressSync(PAGE),
  'assets/index-B1x.js': SCRIPT,
  'assets/index-B1x.js.br': brotliCompressSync(SCRIPT),
  'assets/index-B1x.js.gz': gzipSync(SCRIPT),
  'assets/style-C2y.css': 'body{}',
  'icons/icon-192.png': Buffer.from('a picture'),
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'manifest.webmanifest': '{}',
  'sw.js': 'self.skipWaiting();',
  'robots.txt': 'User-agent: *',
};

let folder: string;
let t: TestApp;
const send = (options: InjectOptions | string) => t.app.inject(options);
const browse = (url: string, method: InjectOptions['method'] = 'GET') =>
  send({ method, url, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'higroup-web-'));
  for (const each of ['assets', 'icons']) mkdirSync(join(folder, each));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  const env = { RATE_LIMIT_ENABLED: 'true', RATE_LIMIT_ADDRESS: '1000/60' };
  t = await createTestApp({ web: findWebClient(folder), env });
});
afterAll(async () => {
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

const directivesOf = (policy: unknown) =>
  Object.fromEntries(
    String(policy)
      .split(';')
      .map((each) => each.trim().split(/ (.*)/s) as [string, string]),
  );
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

describe('the page', () => {
  it.each(['/', '/?a=%zz', '/index.html', '/groups/7', '/groups/7/', '/g/%E7%BE%A4%20b', '/apidoc', '/%00'])(
    'answers %s',
    async (url) => {
      const { statusCode, headers, body } = await send(url);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers).not.toHaveProperty('etag');
      expect(body).toContain('<title>HiGroup</title>');
    },
  );

  it('leaves no address in the log, which may be an invitation', async () => {
    const log = await logOf({ web: findWebClient(folder) }, async ({ app }) => {
      for (const url of ['/invites/s3cr3t', '/robots.txt']) await app.inject(url);
    });
    expect(log).toContain('"method":"GET","route":"/*","status":200');
    expect(log).toContain('"route":"/robots.txt"');
    expect(log).not.toContain('s3cr3t');
  });

  it('answers what a browser goes to, whatever it looks like', async () => {
    expect((await browse('/users/a.b')).statusCode).toBe(200);
    expect((await send('/users/a.b')).statusCode).toBe(404);
  });

  it('has a nonce of its own each time, the same in its head and in its policy', async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const { headers, body } = await send('/');
      const directives = directivesOf(headers['content-security-policy']);
      const { 'style-src': style, ...rest } = directives;
      const [, nonce] = /^'self' 'nonce-([\w+/]{22}==)'$/.exec(style!)!;
      expect(rest).toEqual(POLICY);
      expect(body).toBe(PAGE.replaceAll('__CSP_NONCE__', nonce!));
      nonces.add(nonce!);
    }
    expect(nonces.size).toBe(3);
  });

  it('comes with headers of security', async () => {
    expect((await send('/')).headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': expect.any(String),
    });
  });
});

describe('a file', () => {
  it.each([
    ['/assets/index-B1x.js', 'application/javascript; charset=utf-8'],
    ['/assets/index-B1x.js?v=1', 'application/javascript; charset=utf-8'],
    ['/assets/style-C2y.css', 'text/css; charset=utf-8'],
  ])('%s is kept for good', async (url, type) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { statusCode, headers } = await send({ method, url });
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toBe(type);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
  });

  it.each([
    ['/favicon.svg', 'image/svg+xml'],
    ['/icons/icon-192.png', 'image/png'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/sw.js', 'application/javascript; charset=utf-8'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
  ])('%s is asked for anew with its ETag', async (url, type) => {
    const { statusCode, headers, body } = await send(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe('no-cache');
    expect(body).toBe(readFileSync(join(folder, url), 'utf8'));
    const known = await send({ url, headers: { 'if-none-match': headers['etag'] as string } });
    expect([known.statusCode, known.body]).toEqual([304, '']);
    expect(known.headers['cache-control']).toBe('no-cache');
  });

  it('comes with the policy of the page, without a nonce', async () => {
    // That of a worker's script is the worker's own.
    const { headers } = await send('/sw.js');
    expect(directivesOf(headers['content-security-policy'])).toEqual({ ...POLICY, 'style-src': "'self'" });
  });

  it('comes as it was compressed by the build', async () => {
    const url = '/assets/index-B1x.js';
    const get = (encoding: string) => send({ url, headers: { 'accept-encoding': encoding } });
    const [br, gzip, plain] = [await get('gzip, deflate, br'), await get('gzip'), await get('identity')];
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(br.rawPayload).toEqual(FILES['assets/index-B1x.js.br']);
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(SCRIPT);
    expect(gzip.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(SCRIPT);
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.body).toBe(SCRIPT);
    for (const { headers } of [br, gzip]) {
      expect(headers['content-type']).toBe('application/javascript; charset=utf-8');
      expect(headers['cache-control']).toContain('immutable');
    }
    expect(new Set([br, gzip, plain].map(({ headers }) => headers['etag'])).size).toBe(3);
  });

  it('is served in parts', async () => {
    const range = (bytes: string) => send({ url: '/robots.txt', headers: { range: `bytes=${bytes}` } });
    expect(await range('0-3')).toMatchObject({ statusCode: 206, body: 'User' });
    expect((await range('999-')).statusCode).toBe(416);
  });

  it('does not count against its address: loading the client takes many', async () => {
    const left = async (url: string) => Number((await send(url)).headers['ratelimit-remaining']);
    const before = await left('/');
    for (let i = 0; i < 30; i++) await send('/assets/style-C2y.css');
    expect(await left('/')).toBe(before - 1);
    expect((await send('/assets/style-C2y.css')).headers).not.toHaveProperty('ratelimit-remaining');
    expect((await send('/assets/none.css')).headers).toHaveProperty('ratelimit-remaining');
  });

  it('that has gone since the start is not there', async () => {
    const file = join(folder, 'icons/icon-192.png');
    rmSync(file);
    const { statusCode, headers } = await send('/icons/icon-192.png');
    writeFileSync(file, FILES['icons/icon-192.png']!);
    expect(statusCode).toBe(404);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('everything else', () => {
  it.each([
    '/api',
    '/api/',
    '/api/v1/nothing',
    '/API/v1/me',
    '/docs/nothing',
    '/health/nothing',
    '/media/nothing',
    '/ws',
    '/assets',
    '/assets/',
    '/assets/gone-A0a.js',
    '/assets/index-B1x.js.br',
    '/assets/..%2f..%2fpackage.json',
    '/assets/index-B1x.js%00',
    '/assets/..%5c..%5cpackage.json',
  ])('%s is not there, not even for who takes a page', async (url) => {
    const { statusCode, headers, body } = await browse(url);
    expect(statusCode).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(body)).toMatchObject({ code: expect.any(Number), data: { error: expect.any(String) } });
  });

  it.each([
    '/favicon.ico',
    '/package.json',
    '/..%2f..%2fpackage.json',
    '/index.html.br',
    '/.env',
    '/a/%00.js',
  ])('%s is not there', async (url) => {
    expect((await send(url)).json()).toMatchObject({ code: 15002, data: { error: 'HTTP_ERROR' } });
  });

  it('an address that is none is refused', async () => {
    for (const url of ['/%zz', '/assets/%zz', '/%c0%ae%c0%ae/x'])
      expect((await send(url)).statusCode, url).toBe(400);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('%s is for the API alone', async (method) => {
    for (const url of ['/', '/groups/7', '/index.html'])
      expect((await browse(url, method)).json().code, url).toBe(15002);
    expect((await browse('/groups/7', method)).statusCode).toBe(404);
    const known = await browse('/favicon.svg', method);
    expect([known.statusCode, known.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  it('the API answers as ever', async () => {
    expect((await browse('/health/live')).json()).toMatchObject({ code: 0 });
    expect((await browse('/api/v1/me')).statusCode).toBe(401);
    expect((await browse('/api/v1/auth/login')).headers['allow']).toBe('POST');
    expect((await browse('/docs')).headers['content-type']).toContain('text/html');
    expect((await browse('/docs')).headers['content-security-policy']).toContain("'unsafe-inline'");
  });

  it('and the document knows the API only', async () => {
    const paths = Object.keys((await send('/docs/json')).json().paths as object);
    expect(paths.filter((path) => !/^\/(api|health|media)\//.test(path))).toEqual([]);
  });
});

describe('over a connection', () => {
  // Injected requests have their paths made plain, and keep the body of an answer to HEAD.
  const ask = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const { port } = t.app.getHttpServer().address() as { port: number };
    const [answer] = (await once(request({ port, method, path, headers }).end(), 'response')) as [
      IncomingMessage,
    ];
    return { answer, body: await text(answer) };
  };
  beforeAll(() => t.app.listen(0, '127.0.0.1'));

  it.each(['/', '/groups/7', '/assets/index-B1x.js', '/robots.txt'])(
    'HEAD %s is GET without its body',
    async (url) => {
      const [get, head] = [await ask('GET', url), await ask('HEAD', url)];
      expect(get.answer.statusCode).toBe(200);
      expect(head.answer.statusCode).toBe(200);
      expect(get.body).not.toBe('');
      expect(head.body).toBe('');
      for (const name of ['content-type', 'content-length', 'cache-control', 'etag'])
        expect(head.answer.headers[name], name).toBe(get.answer.headers[name]);
    },
  );

  it.each([
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/./robots.txt',
    '//robots.txt',
    '/\\robots.txt',
  ])('%s leads nowhere', async (url) => {
    const { answer, body } = await ask('GET', url);
    expect(answer.statusCode).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 15002 });
  });
});

describe('without a client', () => {
  it('none is found where none is built', () => {
    expect(findWebClient(join(folder, 'icons'))).toBeUndefined();
  });

  it('the API is served alone', async () => {
    const alone = await createTestApp();
    for (const url of ['/', '/groups/7', '/index.html']) {
      const answer = await alone.app.inject({ url, headers: { accept: 'text/html' } });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 15002]);
    }
    await alone.close();
  });
});
