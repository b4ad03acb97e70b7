import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { type Account, bearer, codeFor, newPhone, PASSWORD, register, wrong } from '../support/accounts.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import {
  actsOn,
  expectRubbishRefused,
  expectSignInNeeded,
  NO_SUCH_ID,
  numberOf,
  tally,
} from '../support/requests.js';
import type { TestUser } from '../support/world.js';

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterEach(() => t.clock.set(START));
afterAll(() => t.close());

const MINUTE_MS = 60_000;

it('needs a token for the routes about people', async () => {
  await expectSignInNeeded(t.api, ['GET /me', 'PATCH /me', 'GET /users/1', 'PUT /users/1/role']);
});

describe('registering', () => {
  const send = (body: object) => t.api.post('/auth/register', body);

  it('refuses rubbish, names the field and leaves the code alone', async () => {
    const phone = newPhone();
    const code = await codeFor(t, phone, 'register');
    const valid = { phone, code, password: PASSWORD };
    const bad = (field: string, body: object) =>
      ['POST /auth/register', field, { ...valid, ...body }] as const;
    await expectRubbishRefused(t.api, [
      bad('phone', { phone: '+1' }),
      bad('phone', { phone: { $gt: '' } }),
      bad('code', { code: 123456 }),
      bad('password', { password: '1234567' }),
      bad('password', { password: '密'.repeat(65) }),
      bad('password', { password: 'lone \ud800 surrogate' }),
      bad('nickname', { nickname: ' \u200b ' }),
      bad('nickname', { nickname: 'x'.repeat(33) }),
      bad('nickname', { nickname: 'a\u202eb' }),
      bad('nickname', { nickname: null }),
      bad('gender', { gender: 'robot' }),
      bad('birthday', { birthday: '2026-02-29' }),
      bad('birthday', { birthday: '2999-01-01' }),
      bad('birthday', { birthday: '1899-12-31' }),
      bad('province', { province: '' }),
      bad('city', { city: 'x'.repeat(33) }),
      bad('role', { role: 'admin' }),
      bad('bio', { bio: 'later' }),
    ]);
    expect(await send(valid)).toMatchObject({ status: 201 });
  });

  it('makes an account, signed in, with what it was told', async () => {
    const profile = {
      nickname: ' 晨跑的小李 ',
      gender: 'female',
      birthday: '1995-08-17',
      province: '浙江',
      city: '杭州',
    };
    const { answer, api, phone, id, sessionId } = await register(t, profile);
    const me = {
      id,
      phone,
      ...profile,
      nickname: '晨跑的小李',
      avatarUrl: null,
      bio: '',
      role: 'user',
      language: null,
      timeZone: null,
      createdAt: START,
    };
    expect(answer).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, sessionId, user: me });
    expect((await api.get('/me')).data).toEqual(me);
    const row = await t.app
      .get(Database)
      .row<{ hash: string }>('select password_hash as hash from users where id = ?', [id]);
    expect(row!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('calls who gives no nickname by his masked phone', async () => {
    const mainland = await register(t, {}, '+8613711112222');
    expect(mainland.answer.user).toMatchObject({
      nickname: '137****2222',
      gender: 'unknown',
      birthday: null,
    });
    const abroad = await register(t, {}, '+4915112345678');
    expect(abroad.answer.user).toMatchObject({ phone: '+4915112345678', nickname: '491****5678' });
  });

  it('needs the right code', async () => {
    const phone = newPhone();
    const body = { phone, password: PASSWORD };
    const invalid = { status: 400, code: 20103, error: 'CODE_INVALID' };
    expect(await send({ ...body, code: '123456' })).toMatchObject(invalid);
    const code = await codeFor(t, phone, 'register');
    expect(await send({ ...body, code: wrong(code) })).toMatchObject(invalid);
    expect(await send({ ...body, code })).toMatchObject({ status: 201 });
  });

  it('makes one account of one phone, which only its holder learns', async () => {
    const { phone } = await register(t);
    t.clock.advance(MINUTE_MS);
    const code = await codeFor(t, phone, 'register');
    const body = { phone: phone.slice(3), code, password: PASSWORD };
    expect(await send({ ...body, code: wrong(code) })).toMatchObject({ error: 'CODE_INVALID' });
    expect(await send(body)).toMatchObject({ status: 409, code: 20101, error: 'PHONE_TAKEN' });
  });

  it('makes one account for one code, however often one clicks', async () => {
    const phone = newPhone();
    const code = await codeFor(t, phone, 'register');
    const clicks = Array.from({ length: 4 }, () => send({ phone, code, password: PASSWORD }));
    expect(tally(await Promise.all(clicks))).toEqual({ '201': 1, '400 CODE_INVALID': 3 });
    expect(await numberOf(t, 'select count(*) from users where phone = ?', phone)).toBe(1);
  });
});

describe('my account', () => {
  let user: TestUser;
  beforeAll(async () => {
    user = await t.world.user({ nickname: 'Ben' });
  });
  const change = async (body: object) => (await t.api.as(user).patch('/me', body)).data;

  it('refuses rubbish and names the field', async () => {
    await expectRubbishRefused(t.api.as(user), [
      ['PATCH /me', 'nickname', { nickname: '' }],
      ['PATCH /me', 'nickname', { nickname: null }],
      ['PATCH /me', 'gender', { gender: null }],
      ['PATCH /me', 'bio', { bio: 'x'.repeat(201) }],
      ['PATCH /me', 'bio', { bio: 5 }],
      ['PATCH /me', 'birthday', { birthday: '17.08.1995' }],
      ['PATCH /me', 'language', { language: 'zh' }],
      ['PATCH /me', 'timeZone', { timeZone: 'Mars/Olympus' }],
      ['PATCH /me', 'timeZone', { timeZone: '+08:00' }],
      ['PATCH /me', 'phone', { phone: newPhone() }],
      ['PATCH /me', 'role', { role: 'admin' }],
      ['GET /me?full=1', 'full'],
      ['GET /users/me', 'id'],
      ['GET /users/01', 'id'],
    ]);
    expect((await t.api.as(user).get('/me')).data).toMatchObject({ nickname: 'Ben', role: 'user' });
  });

  it('changes in the fields given, and in no others', async () => {
    expect(await change({ city: '杭州', birthday: '1995-08-17', bio: 'a\r\nb' })).toMatchObject({
      nickname: 'Ben',
      city: '杭州',
      birthday: '1995-08-17',
      bio: 'a\nb',
    });
    expect(await change({ nickname: 'Benjamin', city: null })).toMatchObject({
      nickname: 'Benjamin',
      city: null,
      birthday: '1995-08-17',
    });
    expect(await change({})).toMatchObject({ nickname: 'Benjamin' });
  });

  it('keeps language and time zone, of which others learn nothing', async () => {
    expect((await t.api.as(user).get('/me')).data).toMatchObject({ language: null, timeZone: null });
    const settings = { language: 'zh-CN', timeZone: 'America/New_York' };
    expect(await change(settings)).toMatchObject(settings);
    expect(await change({ language: null })).toMatchObject({ ...settings, language: null });
    const other = (await t.api.as(await t.world.user()).get(`/users/${user.id}`)).data;
    expect(Object.keys(other)).not.toContain('timeZone');
    expect(await change({ timeZone: null })).toMatchObject({ language: null, timeZone: null });
  });

  it('is found among members by its new nickname only', async () => {
    const { id } = await t.world.group(user);
    await change({ nickname: 'Ｒobin' });
    const find = async (q: string) => (await t.api.as(user).get(`/groups/${id}/members?q=${q}`)).data.items;
    expect(await find('ROBIN')).toMatchObject([{ user: { nickname: 'Ｒobin' } }]);
    expect(await find('ben')).toEqual([]);
  });
});

describe('others', () => {
  it('see the public part of a person', async () => {
    const { id, answer } = await register(t, { nickname: 'Ann', birthday: '1990-01-01' });
    const { phone: _1, birthday: _2, role: _3, language: _4, timeZone: _5, ...rest } = answer.user;
    const other = t.api.as(await t.world.user());
    expect((await other.get(`/users/${id}`)).data).toEqual(rest);
    const unknown = { status: 404, code: 20112, error: 'USER_NOT_FOUND' };
    expect(await other.get(`/users/${NO_SUCH_ID}`)).toMatchObject(unknown);
  });

  it('never get to see a phone', async () => {
    const owner = await t.world.user();
    const people: Account[] = [];
    for (let i = 0; i < 3; i++) people.push(await register(t));
    const [member, applicant, banned] = people as [Account, Account, Account];
    const { id } = await t.world.group(owner, { joinPolicy: 'approval' });
    const url = `/groups/${id}`;
    const run = t.api.as(owner);
    const { token } = (await run.post(`${url}/invites`)).data;
    await member.api.post(`/invites/${token}/accept`);
    await member.api.post(`${url}/check-ins`, { note: 'done' });
    await applicant.api.post(`${url}/members`, { reason: 'please' });
    await run.delete(`${url}/members/${banned.id}?ban=true`);
    const moderator = await t.world.user({ role: 'moderator' });
    for (const path of [
      `/users/${member.id}`,
      ...['', '/members', '/applications', '/bans', '/invites', '/check-ins', '/leaderboard', '/stats'].map(
        (each) => url + each,
      ),
      `${url}/days/2026-03-02`,
      `${url}/days/2026-03-02?state=pending`,
      `${url}/members/${member.id}/stats`,
      `${url}/members/${member.id}/calendar?from=2026-03-01&to=2026-03-02`,
      '/me/applications',
      '/groups',
    ])
      for (const api of [run, t.api.as(moderator)]) {
        const answer = await api.get(path);
        expect(answer.status, path).toBe(200);
        for (const { phone } of people)
          expect(JSON.stringify(answer.data), path).not.toContain(phone.slice(3));
      }
  });
});

describe('roles', () => {
  const assign = (by: TestUser, id: number, role: unknown) => t.api.as(by).put(`/users/${id}/role`, { role });

  it('are given by administrators only', async () => {
    const target = await t.world.user();
    for (const role of ['user', 'moderator'] as const) {
      const forbidden = { status: 403, code: 10005, error: 'NO_PERMISSION' };
      const actor = await t.world.user({ role });
      expect(await assign(actor, target.id, 'admin')).toMatchObject(forbidden);
      expect(await assign(actor, actor.id, 'admin')).toMatchObject(forbidden);
    }
    const admin = await t.world.user({ role: 'admin' });
    expect(await assign(admin, NO_SUCH_ID, 'admin')).toMatchObject({ status: 404, error: 'USER_NOT_FOUND' });
    await expectRubbishRefused(t.api.as(admin), [
      [`PUT /users/${target.id}/role`, 'role', { role: 'owner' }],
      [`PUT /users/${target.id}/role`, 'role', {}],
      ['PUT /users/me/role', 'id', { role: 'admin' }],
    ]);
    expect(await actsOn(t, 'user', target.id)).toEqual([]);
  });

  it('take effect at once: the old token has expired, a refresh brings the new role', async () => {
    const admin = await t.world.user({ role: 'admin' });
    const user = await t.world.user();
    const owner = await t.world.user();
    const { id } = await t.world.group(owner, { visibility: 'private' });
    const old = bearer(t, user.accessToken);
    expect(await old.get(`/groups/${id}`)).toMatchObject({ error: 'GROUP_NOT_FOUND' });

    const answer = await assign(admin, user.id, 'moderator');
    expect(answer).toMatchObject({ status: 200, data: { id: user.id, role: 'moderator' } });
    expect(await old.get('/me')).toMatchObject({ status: 401, error: 'TOKEN_EXPIRED' });
    const { data } = await t.api.post('/auth/refresh', { refreshToken: user.refreshToken });
    const renewed = bearer(t, data.accessToken);
    expect((await renewed.get('/me')).data).toMatchObject({ role: 'moderator' });
    expect(await renewed.get(`/groups/${id}`)).toMatchObject({ status: 200 });
    expect(await actsOn(t, 'user', user.id)).toEqual([
      {
        action: 'user.assign-role',
        actorId: admin.id,
        requestId: answer.headers['x-request-id'],
        detail: { from: 'user', to: 'moderator' },
      },
    ]);

    await assign(admin, user.id, 'user');
    expect(await renewed.get(`/groups/${id}`)).toMatchObject({ status: 401, error: 'TOKEN_EXPIRED' });
  });
});
