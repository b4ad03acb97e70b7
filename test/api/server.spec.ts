import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Body, Controller, Delete, Get, Module, Post } from '@nestjs/common';
import type { InjectOptions } from 'fastify';
import { IsObject, IsOptional } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Public } from '../../src/common/auth/public.decorator.js';
import { PublicCache } from '../../src/common/http/public-cache.decorator.js';
import { RateLimit } from '../../src/common/rate-limit/rate-limit.decorator.js';
import { currentRequest } from '../../src/common/request/request-context.js';
import { createTestApp, type TestApp } from '../support/app.js';

class ProbeDto {
  @IsOptional()
  @IsObject()
  anything?: object;
}

@Public()
@Controller('probe')
class ProbeController {
  calls = 0;

  @Get('context')
  readContext() {
    return { ...currentRequest() };
  }

  @Post('context')
  postContext(@Body() _dto: ProbeDto) {
    return { ...currentRequest() };
  }

  @Get('long')
  readLong() {
    return 'x'.repeat(5_000);
  }

  @Get('fixed')
  @PublicCache(60)
  readFixed() {
    return ['a', 'b'];
  }

  @Get('limited')
  @RateLimit('login')
  readLimited() {
    return null;
  }

  @Get('crash')
  crash() {
    throw new Error('secret of the house');
  }

  @Delete('context')
  remove() {
    this.calls++;
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

let test: TestApp;
const send = (options: InjectOptions | string) => test.app.inject(options);
const json = { 'content-type': 'application/json' };
const post = (payload: string | Buffer, headers: Record<string, string> = json) =>
  send({ method: 'POST', url: '/api/v1/probe/context', payload, headers });

beforeAll(async () => {
  test = await createTestApp({
    modules: [ProbeModule],
    env: {
      RATE_LIMIT_ENABLED: 'true',
      RATE_LIMIT_ADDRESS: '1000/60',
      RATE_LIMIT_LOGIN: '2/60',
      TRUST_PROXY: '127.0.0.1',
      CORS_ORIGINS: 'https://app.example',
      BODY_LIMIT: '65536',
    },
  });
});
afterAll(() => test.close());

describe('bodies', () => {
  it.each([
    ['broken', '{"a":', 400, 'BAD_PARAMETER'],
    ['not JSON', 'hello', 400, 'BAD_PARAMETER'],
    ['with __proto__', '{"__proto__": {"x": 1}}', 400, 'BAD_PARAMETER'],
    ['with an escaped __proto__', '{"\\u005f_proto__": {"x": 1}}', 400, 'BAD_PARAMETER'],
    ['with constructor.prototype', '{"constructor": {"prototype": {"x": 1}}}', 400, 'BAD_PARAMETER'],
    ['30 000 levels deep', `{"anything":${'['.repeat(15_000)}${']'.repeat(15_000)}}`, 400, 'BAD_PARAMETER'],
    [
      'of 1 001 keys',
      JSON.stringify({ anything: Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`k${i}`, 1])) }),
      400,
      'BAD_PARAMETER',
    ],
    ['too large', JSON.stringify({ anything: { a: 'x'.repeat(70_000) } }), 413, 'HTTP_ERROR'],
  ])('refuses one that is %s', async (_, payload, status, error) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({
      code: expect.any(Number),
      msg: expect.stringMatching(/./),
      data: { error, request: 'POST /api/v1/probe/context', requestId: answer.headers['x-request-id'] },
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'text/json',
  ])('refuses %s with 415', async (type) => {
    const answer = await post('{"a":1}', { 'content-type': type });
    expect(answer.statusCode).toBe(415);
    expect(answer.json().data.error).toBe('HTTP_ERROR');
  });

  it('takes an empty one with the header for none', async () => {
    const answer = await send({ method: 'DELETE', url: '/api/v1/probe/context', headers: json });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ code: 0, msg: 'ok', data: null });
  });

  it('speaks the language of the caller about one it could not even read', async () => {
    for (const payload of ['{', JSON.stringify({ anything: { a: 'x'.repeat(70_000) } })]) {
      const answer = await post(payload, { ...json, 'accept-language': 'zh-CN' });
      expect(answer.json().msg).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('paths', () => {
  it('tolerates a trailing slash', async () => {
    expect((await send('/api/v1/probe/fixed/')).statusCode).toBe(200);
  });

  it.each([
    '/',
    '/api/v1/nothing',
    '/api/v2/probe/fixed',
    '/api/probe/fixed',
    '/api/v1/health/live',
    '/docs/nothing',
    `/${'x'.repeat(3_000)}`,
  ])('answers %s with 404', async (url) => {
    const answer = await send(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 15002, data: { error: 'HTTP_ERROR' } });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['/api/v1/%', '/api/v1/probe/%c0%af', '/health/%zz'])(
    'answers %s, which is no URL, with 400',
    async (url) => {
      const answer = await send(url);
      expect(answer.statusCode).toBe(400);
      expect(answer.json().data).toMatchObject({
        error: 'BAD_PARAMETER',
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('answers a wrong method with 405 and the right ones', async () => {
    const answer = await send({ method: 'PUT', url: '/api/v1/probe/context?x=1' });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe('DELETE, GET, HEAD, POST');
    expect(answer.json()).toMatchObject({
      code: 15002,
      data: { error: 'HTTP_ERROR', request: 'PUT /api/v1/probe/context' },
    });
  });

  it('answers what is not HTTP with an envelope, and closes', async () => {
    await test.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = test.app.getHttpServer().address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.write('NONSENSE\r\n\r\n');
    await once(socket, 'close');
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 .*\r\nConnection: close/);
    expect(JSON.parse(body)).toMatchObject({ code: 15002, data: { error: 'HTTP_ERROR' } });
  });
});

describe('the context of a request', () => {
  it('is there in the handler, also after a body was read', async () => {
    const socket = test.app.getHttpServer().address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${socket.port}/api/v1/probe/context`, {
      method: 'POST',
      headers: { ...json, 'x-request-id': 'abc.DEF-1:2_3', 'accept-language': 'zh' },
      body: '{"anything": {}}',
    });
    expect(await answer.json()).toMatchObject({
      data: { requestId: 'abc.DEF-1:2_3', language: 'zh', address: '127.0.0.1' },
    });
    expect(answer.headers.get('x-request-id')).toBe('abc.DEF-1:2_3');
  });

  it.each(['a b', 'x'.repeat(65), '<script>', 'ü'])(
    'has an id of its own when the given one is %s',
    async (id) => {
      const answer = await send({ url: '/api/v1/probe/context', headers: { 'x-request-id': id } });
      expect(answer.json().data.requestId).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('believes a forwarded address only from the trusted proxy', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' };
    const trusted = await send({ url: '/api/v1/probe/context', headers, remoteAddress: '127.0.0.1' });
    expect(trusted.json().data.address).toBe('203.0.113.9');
    const stranger = await send({ url: '/api/v1/probe/context', headers, remoteAddress: '192.0.2.66' });
    expect(stranger.json().data.address).toBe('192.0.2.66');
  });
});

describe('headers', () => {
  it('lets an answer of the API load, run and frame nothing', async () => {
    const { headers } = await send('/api/v1/probe/context');
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('lets Swagger UI work, and only there', async () => {
    const page = await send('/docs');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.body).not.toMatch(/<script>(?!\s*<)/);
    for (const [, asset] of page.body.matchAll(/(?:src|href)="(\.\/docs\/[^"]+)"/g)) {
      expect((await send(asset!.slice(1))).statusCode, asset).toBe(200);
    }
    expect((await send('/docs/json')).json()).toMatchObject({ info: { title: 'HiGroup' } });
  });

  it('opens the API to the listed origins only', async () => {
    const preflight = (origin: string) =>
      send({
        method: 'OPTIONS',
        url: '/api/v1/probe/context',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
    const friend = await preflight('https://app.example');
    expect(friend.statusCode).toBe(204);
    expect(friend.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-headers': expect.stringContaining('authorization'),
    });
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    const failed = await send({ url: '/api/v1/nothing', headers: { origin: 'https://app.example' } });
    expect(failed.headers['access-control-allow-origin']).toBe('https://app.example');
  });

  it('compresses what is worth it', async () => {
    const long = await send({ url: '/api/v1/probe/long', headers: { 'accept-encoding': 'gzip' } });
    expect(long.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(long.rawPayload).toString()).data).toHaveLength(5_000);
    const short = await send({ url: '/api/v1/probe/fixed', headers: { 'accept-encoding': 'gzip' } });
    expect(short.headers['content-encoding']).toBeUndefined();
  });

  it('answers 304 to who has the public answer already', async () => {
    const first = await send('/api/v1/probe/fixed');
    expect(first.headers['cache-control']).toBe('public, max-age=60');
    expect(first.headers['etag']).toBe(`"${createHash('sha1').update(first.body).digest('base64url')}"`);
    const again = await send({
      url: '/api/v1/probe/fixed',
      headers: { 'if-none-match': `W/"x", ${String(first.headers['etag'])}` },
    });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect((await send({ url: '/api/v1/probe/fixed', headers: { 'if-none-match': '"x"' } })).statusCode).toBe(
      200,
    );
  });
});

describe('a crash', () => {
  it('is a 500 that tells nothing', async () => {
    const answer = await send('/api/v1/probe/crash');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 15001, data: { error: 'INTERNAL' } });
    expect(answer.body).not.toContain('secret of the house');
  });
});

describe('limits', () => {
  it('tell where a caller stands, then when to come back; per address', async () => {
    const call = (remoteAddress: string) => send({ url: '/api/v1/probe/limited', remoteAddress });
    const first = await call('192.0.2.1');
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
    });
    await call('192.0.2.1');
    const third = await call('192.0.2.1');
    expect(third.statusCode).toBe(429);
    expect(third.json()).toMatchObject({ code: 10040, data: { error: 'RATE_LIMITED' } });
    expect(third.headers).toMatchObject({
      'ratelimit-remaining': '0',
      'retry-after': third.headers['ratelimit-reset'],
    });
    expect((await call('192.0.2.2')).statusCode).toBe(200);
  });

  it('count one IPv6 network as one caller', async () => {
    const call = (host: string) =>
      send({ url: '/api/v1/probe/limited', remoteAddress: `2001:db8:0:1::${host}` });
    await call('1');
    await call('2');
    expect((await call('3')).statusCode).toBe(429);
  });

  it('count every request of an address, unknown paths too, but not the health checks', async () => {
    const remoteAddress = '192.0.2.50';
    const before = await send({ url: '/api/v1/nothing', remoteAddress });
    await send({ url: '/health/live', remoteAddress });
    const after = await send({ url: '/api/v1/nothing', remoteAddress });
    expect(Number(before.headers['ratelimit-remaining']) - Number(after.headers['ratelimit-remaining'])).toBe(
      1,
    );
  });
});
