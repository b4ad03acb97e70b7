import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { tableContents } from '../support/database.js';
import { Database } from '../../src/common/database/database.js';
import type { TestUser } from '../support/world.js';

/** What only a socket of one's own can send: half a request, two in one, or none at all. */
const REQUEST_TIMEOUT_MS = 1_000;
const CRLF = '\r\n';

let t: TestApp;
let port: number;
let user: TestUser;
let token: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  t = await createTestApp({ env: { REQUEST_TIMEOUT_MS: `${REQUEST_TIMEOUT_MS}`, BODY_LIMIT: '65536' } });
  user = await t.world.user();
  token = t.api.tokenOf(user);
  await t.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = t.app.getHttpServer().address() as { port: number });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  // Whatever was sent, the next one is served.
  const { ok } = await fetch(`http://127.0.0.1:${port}/health/live`);
  if (!ok) throw new Error('The next request is not served');
});
afterAll(() => t.close());

/** A connection and everything that comes back on it. */
function open(): { socket: Socket; answers: () => { status: number; body: string }[]; text: () => string } {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const answers = () =>
    text
      .split(/(?=HTTP\/1\.1 \d{3} )/)
      .filter((each) => each !== '')
      .map((each) => ({
        status: Number(each.slice(9, 12)),
        body: each.slice(each.indexOf(CRLF + CRLF) + 4),
      }));
  return { socket, answers, text: () => text };
}

/** Sends the text; everything that came back until the server closed, or for a while after it began to answer. */
async function exchange(text: string | Buffer, forMs = 300) {
  const { socket, answers } = open();
  const closed = once(socket, 'close').then(() => true);
  const begun = Promise.race([once(socket, 'data'), sleep(5_000, undefined, { ref: false })]);
  socket.write(text);
  const isClosed = await Promise.race([closed, begun.then(() => sleep(forMs, false))]);
  return { answers: answers(), closed: isClosed };
}

const request = (line: string, headers: string[] = [], body = '') =>
  [line, 'Host: localhost', `Authorization: Bearer ${token}`, ...headers, '', body].join(CRLF);
const json = ['Content-Type: application/json'];
const PATCH = 'PATCH /api/v1/me HTTP/1.1';
const RENAMED = '{"nickname":"renamed"}';
/** A whole request of a user signed in. */
const hidden = () => request(PATCH, [...json, `Content-Length: ${RENAMED.length}`], RENAMED);

const users = async () => (await tableContents(t.app.get(Database)))['users'];

function expectEnvelope(body: string): void {
  expect(JSON.parse(body)).toMatchObject({
    code: expect.any(Number),
    msg: expect.stringMatching(/./),
    data: { error: expect.any(String), requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
}

describe('a message that is not quite HTTP', () => {
  it.each<[string, () => string, number]>([
    ['is nonsense', () => 'NONSENSE\r\n\r\n', 400],
    ['has no path', () => 'GET HTTP/1.1\r\n\r\n', 400],
    ['is of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['is of HTTP/9', () => 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', 400],
    ['begins TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    ['has an unknown method', () => request('STEAL /api/v1/me HTTP/1.1'), 400],
    ['has NUL in a header', () => request('GET /api/v1/me HTTP/1.1', ['X-A: a\0b']), 400],
    ['has a header without a name', () => request('GET /api/v1/me HTTP/1.1', [': a']), 400],
    ['has a space before the colon', () => request('GET /api/v1/me HTTP/1.1', ['X-A : a']), 400],
    ['has a header without a colon', () => request('GET /api/v1/me HTTP/1.1', ['X-A']), 400],
    ['has a line break in its URL', () => request('GET /api/v1/\nme HTTP/1.1'), 400],
    ['has NUL in its URL', () => request('GET /api/v1/\0me HTTP/1.1'), 400],
    [
      'has a header of 20 000 bytes',
      () => request('GET /api/v1/me HTTP/1.1', [`X-A: ${'a'.repeat(20_000)}`]),
      431,
    ],
    ['has a URL of 20 000 bytes', () => request(`GET /api/v1/groups?q=${'a'.repeat(20_000)} HTTP/1.1`), 431],

    ['has a negative length', () => request(PATCH, [...json, 'Content-Length: -1'], RENAMED), 400],
    ['has a length that is none', () => request(PATCH, [...json, 'Content-Length: 1e1'], RENAMED), 400],
    [
      'has a length beyond all numbers',
      () => request(PATCH, [...json, `Content-Length: ${'9'.repeat(30)}`], RENAMED),
      400,
    ],
    [
      'has chunks of no size',
      () => request(PATCH, [...json, 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
      400,
    ],
  ])('that %s is answered in the envelope, and the connection closed', async (_, text, status) => {
    const before = await users();
    const { answers, closed } = await exchange(Buffer.from(text(), 'latin1'));
    expect(answers.map((each) => each.status)).toEqual([status]);
    expectEnvelope(answers[0]!.body);
    expect(closed).toBe(true);
    expect(await users()).toEqual(before);
  });

  it.each<[string, () => string, number]>([
    ['names no host', () => 'GET /health/live HTTP/1.1\r\n\r\n', 400],
    [
      'expects what nobody promises',
      () => request(PATCH, [...json, 'Expect: miracles', 'Content-Length: 2'], '{}'),
      417,
    ],
  ])('that %s is refused by Node itself', async (_, text, status) => {
    const { answers } = await exchange(text());
    expect(answers[0]!.status).toBe(status);
  });

  it.each<[string, () => string, number]>([
    ['dots in its path', () => request('GET /api/v1/./me HTTP/1.1'), 404],
    ['dots that go up', () => request('GET /docs/../api/v1/me HTTP/1.1'), 403],
    ['encoded dots', () => request('GET /docs/%2e%2e/%2e%2e/package.json HTTP/1.1'), 403],
    ['dots after a backslash', () => request('GET /docs/..\\..\\package.json HTTP/1.1'), 403],
    ['no slash', () => request('GET api/v1/me HTTP/1.1'), 400],
    ['an asterisk', () => request('OPTIONS * HTTP/1.1'), 404],
    [
      'OPTIONS, where no other origin is allowed',
      () =>
        request('OPTIONS /api/v1/me HTTP/1.1', [
          'Origin: https://app.example',
          'Access-Control-Request-Method: GET',
        ]),
      405,
    ],
  ])('with %s is none of ours', async (_, text, status) => {
    const { answers } = await exchange(text());
    expect(answers.map((each) => each.status)).toEqual([status]);
    expect(answers[0]!.body).not.toContain('dependencies');
  });

  it('that is whole and alone is carried out: what follows is refused for its fault', async () => {
    const before = await users();
    const { answers } = await exchange(hidden());
    expect(answers.map((each) => each.status)).toEqual([200]);
    expect(await users()).not.toEqual(before);
    await t.api.as(user).patch('/me', { nickname: user.nickname });
  });

  it('with a CONNECT gets no tunnel', async () => {
    const { answers, closed } = await exchange(
      `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n${hidden()}`,
    );
    expect(closed).toBe(true);
    expect(answers).toEqual([]);
  });

  it('that asks for another protocol gets none', async () => {
    const upgrade = ['Connection: Upgrade', 'Upgrade: h2c, websocket', 'Sec-WebSocket-Version: 13'];
    const { answers } = await exchange(request('GET /api/v1/me HTTP/1.1', upgrade));
    expect(answers[0]?.status).toBe(200);
  });
});

describe('one request hidden in another', () => {
  const length = (n: number) => `Content-Length: ${n}`;

  it.each<[string, () => string]>([
    [
      'by two lengths',
      () => request(PATCH, [...json, length(2), length(2 + hidden().length)], `{}${hidden()}`),
    ],
    ['by a list of lengths', () => request(PATCH, [...json, 'Content-Length: 2, 2'], `{}${hidden()}`)],
    [
      'by a length and chunks',
      () => request(PATCH, [...json, length(5), 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden()}`),
    ],
    [
      'by chunks and a length',
      () => request(PATCH, [...json, 'Transfer-Encoding: chunked', length(5)], `0\r\n\r\n${hidden()}`),
    ],
    [
      'by an unknown encoding',
      () => request(PATCH, [...json, 'Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden()}`),
    ],
    [
      'by a chunked that is not last',
      () => request(PATCH, [...json, 'Transfer-Encoding: chunked, identity'], `0\r\n\r\n${hidden()}`),
    ],
    [
      'by two encodings',
      () =>
        request(
          PATCH,
          [...json, 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
          `0\r\n\r\n${hidden()}`,
        ),
    ],
    [
      'by a tab before the encoding',
      () => request(PATCH, [...json, 'Transfer-Encoding:\x0bchunked', length(2)], `{}${hidden()}`),
    ],
    [
      'by a space in the name',
      () => request(PATCH, [...json, 'Transfer-Encoding : chunked', length(2)], `{}${hidden()}`),
    ],
    [
      'by a folded header',
      () => request(PATCH, [...json, 'Transfer-Encoding:', ' chunked', length(2)], `{}${hidden()}`),
    ],
    [
      'by a bare line feed',
      () => request(PATCH, [...json, `X: a\n${length(2)}`, length(2 + hidden().length)], `{}${hidden()}`),
    ],
    [
      'by a bare carriage return',
      () => request(PATCH, [...json, `X: a\rTransfer-Encoding: chunked`, length(2)], `{}${hidden()}`),
    ],
    [
      'in a chunk that is longer than it says',
      () => request(PATCH, [...json, 'Transfer-Encoding: chunked'], `2\r\n{}${hidden()}`),
    ],
    [
      'by the extension of a chunk',
      () => request(PATCH, [...json, 'Transfer-Encoding: chunked'], `2;\n{}\r\n0\r\n\r\n${hidden()}`),
    ],
  ])('%s is not carried out', async (_, text) => {
    const before = await users();
    const { answers } = await exchange(Buffer.from(text(), 'latin1'));
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.at(-1)!.status).toBe(400);
    expect(await users()).toEqual(before);
  });

  it('in the body of a GET is that body', async () => {
    const before = await users();
    const { answers } = await exchange(
      request('GET /api/v1/me HTTP/1.1', [length(hidden().length)], hidden()),
    );
    expect(answers.map((each) => each.status)).toEqual([200]);
    expect(await users()).toEqual(before);
  });

  it('after another is another, answered in order', async () => {
    const { answers } = await exchange(
      request('GET /api/v1/me HTTP/1.1') +
        request('GET /nothing HTTP/1.1') +
        request('GET /health/live HTTP/1.1'),
    );
    expect(answers.map((each) => each.status)).toEqual([200, 404, 200]);
  });
});

describe('a message that takes its time', () => {
  // Node looks for the late ones once a second.
  const PATIENCE_MS = REQUEST_TIMEOUT_MS + 1_500;

  async function drip(
    begin: string,
    drop: string,
  ): Promise<{ ms: number; answers: { status: number; body: string }[] }> {
    const { socket, answers } = open();
    const start = performance.now();
    let isOpen = true;
    const closed = once(socket, 'close').then(() => (isOpen = false));
    socket.write(begin);
    while (isOpen && performance.now() - start < 10_000) {
      await Promise.race([closed, sleep(100)]);
      if (isOpen) socket.write(drop);
    }
    return { ms: performance.now() - start, answers: answers() };
  }

  it.each([
    ['line', '', 'G'],
    ['headers', 'GET /health/live HTTP/1.1\r\nHost: x\r\n', 'X-A: 1\r\n'],
    ['body', () => request(PATCH, [...json, 'Content-Length: 60000']), ' '],
    ['chunks', () => request(PATCH, [...json, 'Transfer-Encoding: chunked']), '1\r\n \r\n'],
  ] as [string, string | (() => string), string][])(
    'with its %s is cut off in time',
    async (what, begin, drop) => {
      const { ms, answers } = await drip(typeof begin === 'string' ? begin : begin(), drop);

      expect(ms).toBeLessThan(PATIENCE_MS + 1_000);
      // A line of 11 G is no method: that is refused before it is late.
      expect(answers.map((each) => each.status)).toEqual([what === 'line' ? expect.any(Number) : 408]);
      expectEnvelope(answers[0]!.body);
    },
  );

  it('and a hundred of them keep nobody waiting', async () => {
    for (let i = 0; i < 100; i++)
      open().socket.write(request(PATCH, [...json, 'Content-Length: 60000'], '{'));
    await sleep(100);
    const start = performance.now();
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('and ends without having been whole is nothing', async () => {
    const before = await users();
    const { socket } = open();
    socket.end(request(PATCH, [...json, 'Content-Length: 1000'], RENAMED));
    await once(socket, 'close');
    expect(await users()).toEqual(before);
  });
});

describe('a body that is too large', () => {
  it('is refused before it was sent when it says so', async () => {
    const { answers } = await exchange(request(PATCH, [...json, 'Content-Length: 100000000']));
    expect(answers.map((each) => each.status)).toEqual([413]);
    expectEnvelope(answers[0]!.body);
  });

  it('is refused as soon as it shows when it does not', async () => {
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
    const { answers } = await exchange(
      request(PATCH, [...json, 'Transfer-Encoding: chunked'], chunk.repeat(8)),
    );
    expect(answers.map((each) => each.status)).toEqual([413]);
  });
});
