import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Controller, type DynamicModule, Get, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache } from '../cache/cache.js';
import { MemoryCache } from '../cache/memory-cache.js';
import { AppConfig } from '../config/app-config.js';
import { Database } from '../database/database.js';
import { AllExceptionsFilter } from '../filters/all-exceptions.filter.js';
import { Clock, FixedClock } from '../time/clock.js';
import type { Actor } from './actor.js';
import { AuthModule } from './auth.module.js';
import { CurrentActor } from './current-actor.decorator.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { OptionalAuth } from './optional-auth.decorator.js';
import { Public } from './public.decorator.js';
import { RequireScope } from './require-scope.decorator.js';
import { RevocationList } from './revocation-list.js';
import type { Role } from './role.js';
import { SessionCheck } from './session-check.js';
import { TokenSigner } from './token-signer.js';

const clock = new FixedClock('2026-01-31T08:00:00.000Z');
const secret = createSecretKey(randomBytes(48));
const auth = { tokenSecret: secret, issuer: 'higroup', audience: 'higroup', accessTokenTtlSeconds: 900 };
const openSessions = new Set<number>();

const CLAIMS = { sub: '42', sid: 1, role: 'admin', iat: 1.7e9, exp: 2e9 };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function forge(claims: object, options: JwtSignOptions = {}, key: KeyObject | Buffer = secret): string {
  const payload = JSON.parse(JSON.stringify({ ...CLAIMS, ...claims })) as object;
  return new JwtService({ secret: key }).sign(payload, {
    issuer: 'higroup',
    audience: 'higroup',
    ...options,
  });
}

@Controller()
class ProbeController {
  @Get('mine')
  mine(@CurrentActor() actor: Actor) {
    return { id: actor.id, sessionId: actor.sessionId, role: actor.role };
  }

  @Public()
  @Get('public')
  public(@CurrentActor() actor?: Actor) {
    return { known: actor !== undefined };
  }

  @OptionalAuth()
  @Get('optional')
  optional(@CurrentActor() actor?: Actor) {
    return { known: actor !== undefined };
  }

  @RequireScope('business-log:read')
  @Get('log')
  log() {
    return {};
  }
}

@Public()
@Controller('open')
class OpenController {
  @Get()
  all() {
    return {};
  }

  @RequireScope('user:assign-role')
  @Get('but')
  butNot() {
    return {};
  }
}

/** A cache that has to be asked over the network. */
class RemoteCache extends Cache {
  private readonly store = new MemoryCache(clock);
  get = (key: string) => this.store.get(key);
  set = (key: string, value: string, ttl: number) => this.store.set(key, value, ttl);
  add = (key: string, value: string, ttl: number) => this.store.add(key, value, ttl);
  delete = (key: string) => this.store.delete(key);
  increment = (key: string, ttl: number) => this.store.increment(key, ttl);
  ping = () => this.store.ping();
}

@Global()
@Module({})
class FakesModule {
  static with(cache: Cache): DynamicModule {
    const providers = [
      { provide: AppConfig, useValue: { auth } },
      { provide: Clock, useValue: clock },
      { provide: Cache, useValue: cache },
      { provide: Database, useValue: { dialect: { toError: (error: unknown) => error } } },
      { provide: SessionCheck, useValue: { isOpen: async (id: number) => openSessions.has(id) } },
    ];
    return { module: FakesModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

@Module({
  imports: [AuthModule],
  controllers: [ProbeController, OpenController],
  providers: [
    { provide: APP_GUARD, useExisting: JwtAuthGuard },
    { provide: APP_FILTER, useClass: AllExceptionsFilter },
  ],
})
class ProbeModule {}

describe.each<[string, () => Cache]>([
  ['in this process', () => new MemoryCache(clock)],
  ['elsewhere', () => new RemoteCache()],
])('JwtAuthGuard with a cache %s', (_where, makeCache) => {
  let app: NestFastifyApplication;
  let signer: TokenSigner;
  let revocations: RevocationList;
  let session = 100;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(
      { module: class {}, imports: [FakesModule.with(makeCache()), ProbeModule] },
      new FastifyAdapter(),
      { logger: false },
    );
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (request, _reply, done) => {
        request.context = { requestId: request.id, language: 'en', address: request.ip };
        done();
      });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    signer = app.get(TokenSigner);
    revocations = app.get(RevocationList);
  });

  afterAll(() => app.close());
  beforeEach(() => clock.set('2026-01-31T08:00:00.000Z'));

  function tokenFor(role: Role = 'user', sub = 42) {
    const sid = (session += 1);
    openSessions.add(sid);
    return { sid, token: signer.sign({ sub, sid, role }) };
  }

  async function get(url: string, token?: string, headers: Record<string, string> = {}) {
    const response = await app.inject({
      url,
      headers: token ? { authorization: `Bearer ${token}`, ...headers } : headers,
    });
    const body = response.json<{ data?: { error?: string } }>();
    return [response.statusCode, body.data?.error ?? body];
  }

  it('lets nobody in without a token unless the route says so', async () => {
    expect(await get('/mine')).toEqual([401, 'NOT_LOGGED_IN']);
    expect(await get('/log')).toEqual([401, 'NOT_LOGGED_IN']);
    expect(await get('/public')).toEqual([200, { known: false }]);
    expect(await get('/optional')).toEqual([200, { known: false }]);
  });

  it('a mark on a method is worth more than one on its controller', async () => {
    expect((await get('/open'))[0]).toBe(200);
    expect(await get('/open/but')).toEqual([401, 'NOT_LOGGED_IN']);
  });

  it('knows the actor of a valid token in every spelling', async () => {
    const { sid, token } = tokenFor();
    const mine = [200, { id: 42, sessionId: sid, role: 'user' }];
    expect(await get('/mine', token)).toEqual(mine);
    expect(await get('/mine', undefined, { authorization: `jwt ${token}` })).toEqual(mine);
    expect(await get('/mine', undefined, { tsessionid: token })).toEqual(mine);
    expect(await get('/optional', token)).toEqual([200, { known: true }]);
  });

  it('ignores a token where everybody may come, and refuses a bad one where it would matter', async () => {
    expect(await get('/public', 'rubbish')).toEqual([200, { known: false }]);
    expect(await get('/optional', 'rubbish')).toEqual([401, 'TOKEN_INVALID']);
  });

  it.each<[string, () => string]>([
    ['rubbish', () => 'a.b.c'],
    ['another key', () => forge({}, {}, randomBytes(48))],
    [
      'no signature',
      () => `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...CLAIMS, iss: 'higroup', aud: 'higroup' })}.`,
    ],
    ['another algorithm', () => forge({}, { algorithm: 'HS512' })],
    ['another issuer', () => forge({}, { issuer: 'x' })],
    ['another audience', () => forge({}, { audience: 'x' })],
    ['no expiry', () => forge({ exp: undefined })],
    ['a role nobody has', () => forge({ role: 'root' })],
    ['a session that is over', () => signer.sign({ sub: 42, sid: 1, role: 'user' })],
  ])('refuses a token with %s', async (_what, make) => {
    expect(await get('/mine', make())).toEqual([401, 'TOKEN_INVALID']);
  });

  it('would take a forged token if it had the key', async () => {
    openSessions.add(1);
    expect(await get('/mine', forge({}))).toEqual([200, { id: 42, sessionId: 1, role: 'admin' }]);
    openSessions.delete(1);
  });

  it('checks the signature of a token once, however often it comes', async () => {
    const verify = vi.spyOn(app.get(JwtStrategy), 'validate');
    const { token } = tokenFor();
    for (let times = 0; times < 5; times += 1) await get('/mine', token);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('lets a token expire although its signature has been checked', async () => {
    const { token } = tokenFor();
    expect((await get('/mine', token))[0]).toBe(200);
    clock.advance(899_999);
    expect((await get('/mine', token))[0]).toBe(200);
    clock.advance(1);
    expect(await get('/mine', token)).toEqual([401, 'TOKEN_EXPIRED']);
  });

  it('refuses the tokens of a revoked session at once, and those of no other', async () => {
    const revoked = tokenFor();
    const other = tokenFor();
    await get('/mine', revoked.token);
    await revocations.revokeSession(revoked.sid);
    expect(await get('/mine', revoked.token)).toEqual([401, 'TOKEN_INVALID']);
    expect((await get('/mine', other.token))[0]).toBe(200);
  });

  it('asks for the session again when the list of revocations was lost', async () => {
    const { sid, token } = tokenFor();
    await revocations.revokeSession(sid);
    openSessions.delete(sid);
    await get('/mine', token);
    await app.get(Cache).delete(`auth:revoked:${sid}`);
    expect(await get('/mine', token)).toEqual([401, 'TOKEN_INVALID']);
  });

  it('asks the sessions themselves while the list cannot be reached, and of every token again after that', async () => {
    const open = tokenFor();
    const over = tokenFor();
    await get('/mine', open.token);
    await get('/mine', over.token);
    const cache = app.get(Cache);
    const outage = [
      vi.spyOn(cache, 'peek').mockReturnValue(undefined),
      vi.spyOn(cache, 'get').mockRejectedValue(new Error('gone')),
    ];
    openSessions.delete(over.sid); // and the list cannot be told
    expect((await get('/mine', open.token))[0]).toBe(200);
    for (const each of outage) each.mockRestore();
    expect(await get('/mine', over.token)).toEqual([401, 'TOKEN_INVALID']);
    expect((await get('/mine', open.token))[0]).toBe(200);
  });

  it('treats what was issued up to a change of role as expired, and what was issued after it as valid', async () => {
    const before = tokenFor('user', 77);
    const bystander = tokenFor('user', 78);
    await get('/mine', before.token);
    await revocations.expireTokensOf(77);
    const after = tokenFor('moderator', 77);
    expect(await get('/mine', before.token)).toEqual([401, 'TOKEN_EXPIRED']);
    expect(await get('/mine', after.token)).toMatchObject([200, { role: 'moderator' }]);
    expect((await get('/mine', bystander.token))[0]).toBe(200);
  });

  it('asks for the scope of the role', async () => {
    expect(await get('/log', tokenFor('user').token)).toEqual([403, 'NO_PERMISSION']);
    expect(await get('/log', tokenFor('moderator').token)).toEqual([403, 'NO_PERMISSION']);
    expect((await get('/log', tokenFor('admin').token))[0]).toBe(200);
  });
});
