import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RevocationList } from '../../src/common/auth/revocation-list.js';
import { Database } from '../../src/common/database/database.js';
import { DomainEvents } from '../../src/common/events/domain-events.js';
import { LikeWithdrawn, Notice, type ObjectRef } from '../../src/common/events/notice.js';
import { stopGracefully } from '../../src/common/shutdown/shutdown.js';
import { LiveGateway } from '../../src/modules/message/live/live.gateway.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { LiveSocket } from '../support/live.js';
import { findProgram } from '../support/programs.js';
import { startPrivateRedis } from '../support/redis.js';
import { expectStatus, type TestUser } from '../support/world.js';

const AUTH_TIMEOUT_MS = 600;
const HEARTBEAT_MS = 1_000;
const ENV = {
  LIVE_AUTH_TIMEOUT_MS: `${AUTH_TIMEOUT_MS}`,
  LIVE_HEARTBEAT_MS: `${HEARTBEAT_MS}`,
  LIVE_BUFFER_LIMIT: '65536',
  LIVE_SOCKETS_PER_USER: '3',
  CORS_ORIGINS: 'https://app.example',
};

/** As large as the largest look-up sends. */
const FILLER = Buffer.from(JSON.stringify({ event: 'filler', data: 'x'.repeat(20_000) }));

const listen = async (t: TestApp) => {
  await t.app.listen({ port: 0, host: '127.0.0.1' });
  return (t.app.getHttpServer().address() as { port: number }).port;
};

let t: TestApp;
let port: number;
let ann: TestUser;
let ben: TestUser;
const opened: LiveSocket[] = [];
beforeAll(async () => {
  t = await createTestApp({ env: ENV });
  port = await listen(t);
});
beforeEach(async () => {
  [ann, ben] = (await t.world.usersOf(2)) as [TestUser, TestUser];
});
afterEach(() => {
  for (const { socket } of opened.splice(0)) socket.terminate();
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const tracked = (live: LiveSocket) => {
  opened.push(live);
  return live;
};
const socket = async (...args: ConstructorParameters<typeof LiveSocket> | []) => {
  const live = tracked(new LiveSocket(...((args.length > 0 ? args : [port]) as [number])));
  await live.open();
  return live;
};
const signedIn = async (user: TestUser, at = port) =>
  tracked(await LiveSocket.signedIn(at, t.api.tokenOf(user)));
const publish = (event: object, app = t.app) =>
  app.get(Database).transaction(() => app.get(DomainEvents).publish(event));

async function postIn(groupId: number, author: TestUser, app = t.app): Promise<ObjectRef> {
  const { insertId } = await app.get(Database).run(
    `insert into posts (group_id, author_id, title, excerpt, body, html, html_version, created_at, updated_at)
     values (?, ?, 'First run', '', '', '', 1, ?, ?)`,
    [groupId, author.id, t.clock.now(), t.clock.now()],
  );
  return { type: 'post', id: insertId };
}

/** To Ann, about nothing that could be hidden. */
const note = (userIds: number[], title = 'Hello') =>
  new Notice({
    actorId: null,
    receivers: [{ type: 'system', userIds }],
    target: { type: 'user', id: userIds[0]! },
    place: { type: 'user', id: userIds[0]! },
    groupId: null,
    title,
  });

describe('showing a token', () => {
  it('is answered with whose it is, how long it lasts and what is unread', async () => {
    await publish(note([ann.id]));
    const live = await socket();
    live.auth(t.api.tokenOf(ann));
    const ready = await live.next('ready');
    expect(ready).toMatchObject({ userId: ann.id, unread: { total: 1, types: { system: 1, like: 0 } } });
    const lifeMs = t.config.auth.accessTokenTtlSeconds * 1000;
    expect(ready.expiresAt).toBe(new Date(t.clock.now().getTime() + lifeMs).toISOString());
  });

  it.each<[string, () => unknown]>([
    ['rubbish', () => 'rubbish'],
    ['nothing', () => undefined],
    ['a number', () => 7],
    ['one that somebody else has signed', () => `${t.api.tokenOf(ann).slice(0, -4)}aaaa`],
    ['one without a signature', () => `${btoa('{"alg":"none"}')}.${t.api.tokenOf(ann).split('.')[1]}.`],
  ])('that is none (%s) closes the socket', async (_, token) => {
    const live = await socket();
    live.auth(token());
    expect(await live.closed).toBe(4401);
  });

  it('that has expired, or whose session is over, closes the socket', async () => {
    const token = t.api.tokenOf(ann);
    t.clock.advance(t.config.auth.accessTokenTtlSeconds * 1000);
    const late = await socket();
    late.auth(token);
    expect(await late.closed).toBe(4402);

    const fresh = t.api.tokenOf(ann);
    expectStatus(200, await as(ann).post('/auth/logout'));
    const out = await socket();
    out.auth(fresh);
    expect(await out.closed).toBe(4403);
  });

  it('has to come first, and in time', async () => {
    const pings = await socket();
    pings.send({ event: 'ping' });
    expect(await pings.closed).toBe(4401);
    const silent = await socket();
    const started = performance.now();
    expect(await silent.closed).toBe(4401);
    expect(performance.now() - started).toBeLessThan(AUTH_TIMEOUT_MS + 1_500);
  });

  it('of somebody else on the same socket closes it; a fresh one of one’s own prolongs it', async () => {
    const live = await signedIn(ann);
    t.clock.advance(60_000);
    live.auth(t.api.tokenOf(ann));
    const { expiresAt } = await live.next('ready');
    expect(Date.parse(expiresAt)).toBe(t.clock.now().getTime() + t.config.auth.accessTokenTtlSeconds * 1000);
    live.auth(t.api.tokenOf(ben));
    expect(await live.closed).toBe(4401);
  });

  it('in the address is refused, as is a page of another site', async () => {
    const refused = async (path: string, headers = {}) => {
      const live = tracked(new LiveSocket(port, { headers }, path));
      const [, response] = (await once(live.socket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      return response.statusCode;
    };
    expect(await refused(`/ws?token=${t.api.tokenOf(ann)}`)).toBe(400);
    expect(await refused('/elsewhere')).toBe(404);
    expect(await refused('/ws', { origin: 'https://evil.example' })).toBe(403);
    expect(await refused('/ws', { origin: 'null' })).toBe(403);
    await socket(port, { headers: { origin: 'https://app.example' } });
    await socket(port, { headers: { origin: `http://127.0.0.1:${port}` } });
  });
});

describe('a socket', () => {
  it('is told of new messages and of every change of the counts', async () => {
    const group = await t.world.group(ann, { members: [ben] });
    const post = await postIn(group.id, ann);
    const like = new Notice({
      actorId: ben.id,
      receivers: [{ type: 'like', userIds: [ann.id] }],
      target: post,
      place: post,
      groupId: group.id,
      title: 'First run',
    });
    const live = await signedIn(ann);
    await publish(like);
    const message = await live.next('message');
    expect(message).toEqual((await as(ann).get('/messages')).data.items[0]);
    expect(await live.next('unread')).toMatchObject({ total: 1, types: { like: 1 } });

    await publish(new LikeWithdrawn(ben.id, post));
    expect(await live.next('unread')).toMatchObject({ total: 0 });
    await publish(like);
    expect(await live.next('unread')).toMatchObject({ total: 1 });
    await as(ann).post('/messages/read');
    expect(await live.next('unread')).toMatchObject({ total: 0 });
    await sleep(300);
    expect(live.frames.filter(({ event }) => event === 'message')).toEqual([]);
  });

  it('hears of an act only once it is done, and of no act that is undone', async () => {
    const live = await signedIn(ann);
    const act = t.app.get(Database).transaction(async () => {
      await t.app.get(DomainEvents).publish(note([ann.id]));
      throw new Error('undone');
    });
    await expect(act).rejects.toThrow('undone');
    await sleep(400);
    expect(live.frames).toEqual([]);
  });

  it('gets a hundred changes at once as a few frames', async () => {
    const live = await signedIn(ann);
    await Promise.all(Array.from({ length: 100 }, () => publish(note([ann.id]))));
    await live.next('unread', ({ total }) => total === 100);
    const second = live.frames.length;
    expect(second).toBeLessThan(10);
    const more = live.frames.filter(({ event }) => event === 'unread').length;
    expect(more).toBeLessThan(8);
  });

  it('answers pings, and closes on what it does not understand, on too much and on too many', async () => {
    const live = await signedIn(ann);
    live.send({ event: 'ping' });
    await live.next('pong');
    for (const [frame, code] of [
      ['{', 1008],
      ['[]', 1008],
      ['null', 1008],
      [{ event: 'shout', data: 'hello' }, 1008],
      [Buffer.from('{"event":"ping"}'), 1008],
      [JSON.stringify({ event: 'ping', data: 'x'.repeat(5_000) }), 1009],
    ] as const) {
      const other = await signedIn(ben);
      other.send(frame);
      expect(await other.closed, JSON.stringify(frame).slice(0, 50)).toBe(code);
    }
    for (let n = 0; n < 30; n++) live.send({ event: 'ping' });
    expect(await live.closed).toBe(1008);
    const pinging = await signedIn(ann);
    for (let n = 0; n < 30; n++) pinging.socket.ping();
    expect(await pinging.closed).toBe(1008);
    const ponging = await signedIn(ann);
    for (let n = 0; n < 30; n++) ponging.socket.pong();
    expect(await ponging.closed).toBe(1008);
  });

  it('makes room for a fourth of the same person by closing the first', async () => {
    const lives = [];
    for (let n = 0; n < 3; n++) lives.push(await signedIn(ann));
    await signedIn(ann);
    expect(await lives[0]!.closed).toBe(4409);
    await publish(note([ann.id]));
    await lives[1]!.next('unread');
    await lives[2]!.next('unread');
  });

  it('that is only one of many without a token is closed', async () => {
    const many = Array.from({ length: 40 }, () => tracked(new LiveSocket(port)));
    const codes = await Promise.all(many.map(({ closed }) => closed));
    expect(codes.filter((code) => code === 1013)).toHaveLength(8);
    expect(codes.filter((code) => code === 4401)).toHaveLength(32);
    await signedIn(ann);
  });

  it('may go and come back, and finds what it has missed counted', async () => {
    const first = await signedIn(ann);
    first.socket.close();
    await first.closed;
    await publish(note([ann.id]));
    const again = await socket();
    again.auth(t.api.tokenOf(ann));
    expect(await again.next('ready')).toMatchObject({ unread: { total: 1 } });
    await publish(note([ann.id], 'Another'));
    expect(await again.next('message')).toMatchObject({ title: 'Another' });
  });
});

describe('a socket is closed', () => {
  it('when its token expires', async () => {
    const live = await signedIn(ann);
    t.clock.advance(t.config.auth.accessTokenTtlSeconds * 1000);
    expect(await live.closed).toBe(4402);
  });

  it('at once when its session is ended, from here or elsewhere, and no other', async () => {
    const phone = { ...ann, ...(await t.world.signIn(ann)) };
    const [here, there, of] = [await signedIn(ann), await signedIn(phone), await signedIn(ben)];
    expectStatus(200, await as(ann).delete(`/auth/sessions/${phone.sessionId}`));
    expect(await there.closed).toBe(4403);
    expectStatus(200, await as(ann).post('/auth/logout'));
    expect(await here.closed).toBe(4403);
    await publish(note([ben.id]));
    await of.next('message');
  });

  it('when the role of its owner changes: a fresh token is welcome', async () => {
    const live = await signedIn(ann);
    t.clock.advance(1);
    const admin = await t.world.user({ role: 'admin' });
    expectStatus(200, await as(admin).put(`/users/${ann.id}/role`, { role: 'moderator' }));
    expect(await live.closed).toBe(4402);
    await signedIn({ ...ann, role: 'moderator' });
  });

  it('soon, also when nobody has told of it', async () => {
    const live = await signedIn(ann);
    const list = t.app.get<{ listeners: unknown[] }>(RevocationList);
    const listeners = list.listeners.splice(0);
    await t.app.get(RevocationList).revokeSession(ann.sessionId);
    list.listeners.push(...listeners);
    expect(await live.closed).toBe(4403);
  });

  it('when it does not answer pings', async () => {
    const live = await signedIn(ann);
    const alive = await signedIn(ann);
    live.socket.pause();
    const gone = (async () => {
      for (let n = 0; n < 100; n++) {
        await sleep(100);
        if (countOf(t) === 1) return true;
      }
      return false;
    })();
    expect(await gone).toBe(true);
    live.socket.terminate();
    expect(alive.socket.readyState).toBe(1);
  });

  it('when it reads too slowly, before much has been kept for it', async () => {
    const slow = await signedIn(ann);
    slow.socket.pause();
    const [client] = inside(t).clients;
    let most = 0;
    // Rather than wait for many times a quarter of a second, all at once.
    for (let n = 0; n < 20_000 && !client!.closing; n++) {
      client!.send(FILLER);
      most = Math.max(most, client!.socket.bufferedAmount);
      if (n % 20 === 0) await immediate();
    }
    expect(client!.closing).toBe(true);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(65_536 + 100);
    await publish(note([ann.id]));
    await expect.poll(() => countOf(t), { timeout: 5_000 }).toBe(0);
  });
});

describe('what may not be read', () => {
  it('is not pushed: neither a message nor its count, from the moment of leaving the group', async () => {
    const group = await t.world.group(ann, { members: [ben], visibility: 'private' });
    const post = await postIn(group.id, ann);
    const mention = new Notice({
      actorId: ann.id,
      receivers: [{ type: 'mention', userIds: [ben.id] }],
      target: post,
      place: post,
      groupId: group.id,
      title: 'First run',
    });
    const live = await signedIn(ben);
    await publish(mention);
    expect(await live.next('unread')).toMatchObject({ total: 1 });

    expectStatus(200, await as(ben).delete(`/groups/${group.id}/members/me`));
    await publish(mention);
    await publish(note([ben.id]));
    expect(await live.next('unread')).toMatchObject({ total: 1, types: { system: 1, mention: 0 } });
    expect(live.frames).toEqual([]);

    // Written while he was a member, looked up when he is none any more.
    await t.world.join(group.id, ben, ann);
    live.frames.length = 0;
    await t.app.get(Database).transaction(async () => {
      await t.app.get(DomainEvents).publish(mention);
      await t.app
        .get(Database)
        .run('update memberships set active = ? where group_id = ? and user_id = ?', [
          false,
          group.id,
          ben.id,
        ]);
    });
    await live.next('unread');
    expect(live.frames.filter(({ event }) => event === 'message')).toEqual([]);
    await publish(note([ben.id], 'Last'));
    expect(await live.next('message')).toMatchObject({ title: 'Last' });
  });

  it('is not pushed when it was deleted', async () => {
    const group = await t.world.group(ann, { members: [ben] });
    const post = await postIn(group.id, ann);
    const live = await signedIn(ben);
    await t.app.get(Database).run(`update posts set state = 'removed' where id = ?`, [post.id]);
    await publish(
      new Notice({
        actorId: ann.id,
        receivers: [{ type: 'mention', userIds: [ben.id] }],
        target: post,
        place: post,
        groupId: group.id,
        title: 'First run',
      }),
    );
    expect(await live.next('unread')).toMatchObject({ total: 0 });
    expect(live.frames).toEqual([]);
  });
});

describe('requests that ask for another protocol', () => {
  it('are served as if they had not, bodies, following requests and all', async () => {
    const token = t.api.tokenOf(ann);
    const body = JSON.stringify({ nickname: `h2c-${ann.id}` });
    const connection = connect(port, '127.0.0.1');
    let text = '';
    connection.on('data', (chunk) => (text += chunk.toString()));
    const answers = () => text.match(/HTTP\/1\.1 \d{3}/g) ?? [];
    const head = [
      'Host: x',
      `Authorization: Bearer ${token}`,
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
    ];
    const patch = ['PATCH /api/v1/me HTTP/1.1', ...head, 'Content-Type: application/json'];
    connection.write([...patch, `Content-Length: ${body.length}`, '', body.slice(0, 5)].join('\r\n'));
    await sleep(100);
    expect(answers()).toEqual([]);
    connection.write(body.slice(5));
    await expect.poll(answers).toEqual(['HTTP/1.1 200']);
    connection.write(['GET /api/v1/me HTTP/1.1', ...head, '', ''].join('\r\n'));
    await expect.poll(answers).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(text).toContain(`"nickname":"h2c-${ann.id}"`);
    connection.destroy();
  });
});

describe('when the server stops', () => {
  it('sockets are told, requests answered, and nothing hangs', async () => {
    const other = await createTestApp({ env: ENV });
    const at = await listen(other);
    const user = await other.world.user();
    const lives = [
      await LiveSocket.signedIn(at, other.api.tokenOf(user)),
      await LiveSocket.signedIn(at, other.api.tokenOf(user)),
    ];
    const deaf = await LiveSocket.signedIn(at, other.api.tokenOf(user));
    deaf.socket.pause();
    const started = performance.now();
    await stopGracefully(other.app);
    expect(performance.now() - started).toBeLessThan(3_000);
    for (const { closed } of lives) expect(await closed).toBe(1001);
    deaf.socket.terminate();
    await other.close();
  });

  it('without a farewell from outside either', async () => {
    const other = await createTestApp({ env: ENV });
    const at = await listen(other);
    const live = await LiveSocket.signedIn(at, other.api.tokenOf(await other.world.user()));
    await other.close();
    expect(await live.closed).toBe(1001);
  });
});

describe.runIf(findProgram('redis-server'))('two processes', () => {
  it('tell each other of messages and revocations, also after Redis was away', async () => {
    let redis = (await startPrivateRedis())!;
    const database = await createTestDatabase();
    const env = { ...ENV, REDIS_URL: redis.url };
    const one = await createTestApp({ env, database });
    const two = await createTestApp({ env, database });
    try {
      const [here, there] = [await listen(one), await listen(two)];
      const user = await one.world.user();
      const token = () => one.api.tokenOf(user);
      const [a, b] = [await LiveSocket.signedIn(here, token()), await LiveSocket.signedIn(there, token())];
      await publish(note([user.id], 'From one'), one.app);
      expect(await b.next('message')).toMatchObject({ title: 'From one' });
      expect(await b.next('unread')).toMatchObject({ total: 1 });
      expect(await a.next('unread')).toMatchObject({ total: 1 });
      // Once, not once for every way it may have come.
      await sleep(400);
      expect(a.frames).toEqual([]);

      const port = Number(new URL(redis.url).port);
      await redis.stop();
      await publish(note([user.id], 'In silence'), one.app);
      expect(await a.next('message')).toMatchObject({ title: 'In silence' });
      redis = (await startPrivateRedis(port))!;
      expect(await b.next('unread', ({ total }) => total === 2)).toBeTruthy();
      await expect
        .poll(() => one.app.inject('/health/ready').then(({ statusCode }) => statusCode), { timeout: 10_000 })
        .toBe(200);
      await publish(note([user.id], 'Back'), one.app);
      await b.next('message', ({ title }) => title === 'Back');

      const sent = performance.now();
      expectStatus(200, await one.api.as(user).post('/auth/logout'));
      expect(await b.closed).toBe(4403);
      expect(await a.closed).toBe(4403);
      expect(performance.now() - sent).toBeLessThan(HEARTBEAT_MS / 2);
    } finally {
      await one.app.close();
      await two.app.close();
      await database.remove();
      await redis.stop();
    }
  });
});

/** What the gateway keeps, which nobody outside can see. */
interface Inside {
  clients: Set<{
    claims?: { actor: { id: number } };
    socket: { bufferedAmount: number };
    closing: boolean;
    send(frame: Buffer): void;
  }>;
}
const inside = ({ app }: TestApp): Inside => app.get<Inside>(LiveGateway, { strict: false });
const countOf = (test: TestApp) => [...inside(test).clients].filter(({ claims }) => claims).length;
