import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import type { Answer, Api } from '../support/client.js';
import { OpenApiContract } from '../support/openapi.js';
import { call, NO_SUCH_ID } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

/**
 * Who may do what to a group: in each cell the answer for a public one and, where it differs, after a slash for a
 * private one. Words in brackets tell apart different requests to one route; the short words are below.
 */
const TABLE = `
                                                   | guest stranger       applicant      member  muted   former         banned         admin   owner   moderator
GET    /me                                         | login ok             ok             ok      ok      ok             ok             ok      ok      ok
PATCH  /me                                         | login ok             ok             ok      ok      ok             ok             ok      ok      ok
POST   /me/password                                | login bad            bad            bad     bad     bad            bad            bad     bad     bad
GET    /me/groups                                  | login ok             ok             ok      ok      ok             ok             ok      ok      ok
GET    /me/today                                   | login ok             ok             ok      ok      ok             ok             ok      ok      ok
GET    /me/applications                            | login ok             ok             ok      ok      ok             ok             ok      ok      ok
POST   /groups                                     | login new            new            new     new     new            new            new     new     new
GET    /groups                                     | login ok             ok             ok      ok      ok             ok             ok      ok      ok
GET    /groups/{groupId}                           | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
PATCH  /groups/{groupId} (texts)                   | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
PATCH  /groups/{groupId} (settings)                | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  denied  ok      ok
DELETE /groups/{groupId}                           | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  denied  ok      ok
POST   /groups/{groupId}/owner                     | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  denied  ok      ok
POST   /groups/{groupId}/members                   | login new/hidden     pending/hidden already already new/hidden     banned/hidden  already already new/INVITE_ONLY
GET    /groups/{groupId}/members                   | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
DELETE /groups/{groupId}/members/me                | login outside/hidden outside/hidden ok      ok      outside/hidden outside/hidden ok      stuck   outside
PATCH  /groups/{groupId}/members/{userId} (mute)   | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
PATCH  /groups/{groupId}/members/{userId} (role)   | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  denied  ok      ok
DELETE /groups/{groupId}/members/{userId}          | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
DELETE /groups/{groupId}/members/{userId} (ban)    | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
GET    /groups/{groupId}/bans                      | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
DELETE /groups/{groupId}/bans/{userId}             | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
GET    /groups/{groupId}/applications              | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
PATCH  /groups/{groupId}/applications/{id}         | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
DELETE /groups/{groupId}/applications/{id}         | login unknown        ok             unknown unknown unknown        unknown        unknown unknown unknown
POST   /groups/{groupId}/invites                   | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  new     new     new
GET    /groups/{groupId}/invites                   | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
DELETE /groups/{groupId}/invites/{id}              | login denied/hidden  denied/hidden  denied  denied  denied/hidden  denied/hidden  ok      ok      ok
GET    /invites/{token}                            | login ok             ok             ok      ok      ok             ok             ok      ok      ok
POST   /invites/{token}/accept                     | login new            new            already already new            banned         already already new
POST   /groups/{groupId}/check-ins                 | login outside/hidden outside/hidden new     new     outside/hidden outside/hidden new     new     outside
POST   /groups/{groupId}/check-ins (note)          | login outside/hidden outside/hidden new     muted   outside/hidden outside/hidden new     new     outside
GET    /groups/{groupId}/check-ins                 | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
DELETE /groups/{groupId}/check-ins/{id}            | login outside/hidden outside/hidden denied  denied  outside/hidden outside/hidden denied  denied  outside
GET    /groups/{groupId}/make-ups/quota            | login outside/hidden outside/hidden ok      ok      outside/hidden outside/hidden ok      ok      outside
POST   /groups/{groupId}/make-ups                  | login outside/hidden outside/hidden new     muted   outside/hidden outside/hidden new     new     outside
GET    /groups/{groupId}/members/{userId}/calendar | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
GET    /groups/{groupId}/members/{userId}/stats    | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
GET    /groups/{groupId}/calendar                  | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
GET    /groups/{groupId}/days/{day}                | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
GET    /groups/{groupId}/stats                     | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
GET    /groups/{groupId}/leaderboard               | login ok/hidden      ok/hidden      ok      ok      ok/hidden      ok/hidden      ok      ok      ok
`;

const ANSWERS: Record<string, string> = {
  ok: '200',
  new: '201',
  login: '401 NOT_LOGGED_IN',
  hidden: '404 GROUP_NOT_FOUND',
  denied: '403 NO_PERMISSION',
  outside: '403 NOT_MEMBER',
  bad: '400 BAD_PARAMETER',
  already: '409 ALREADY_MEMBER',
  pending: '409 APPLICATION_PENDING',
  unknown: '404 APPLICATION_NOT_FOUND',
  stuck: '409 OWNER_CANNOT_LEAVE',
  banned: '403 BANNED',
  muted: '403 MUTED',
  INVITE_ONLY: '403 INVITE_ONLY',
};

const ROLES = TABLE.trim().split('\n', 1)[0]!.replace('|', '').trim().split(/ +/);
const ROWS = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [name, cells] = line.split('|') as [string, string];
    const [, method, path] = /^(\w+) +(\S+)/.exec(name) as unknown as [string, string, string];
    return { name: name.trim().replace(/ +/g, ' '), method, path, cells: cells.trim().split(/ +/) };
  });

/** What goes with a request, where it needs something. */
const INPUT: Record<string, (place: Place) => object> = {
  'POST /groups': () => ({ name: 'Another', categoryId: 1, rule: { timeZone: 'Asia/Shanghai' } }),
  'PATCH /groups/{groupId} (texts)': () => ({ name: 'New name', description: 'x', notice: 'y' }),
  'PATCH /groups/{groupId} (settings)': () => ({ maxMembers: 100 }),
  'POST /groups/{groupId}/owner': ({ member }) => ({ userId: member.id }),
  'POST /groups/{groupId}/members': () => ({ reason: 'I run' }),
  'PATCH /groups/{groupId}/members/{userId} (mute)': () => ({ mutedUntil: '2027-01-01T00:00:00.000Z' }),
  'PATCH /groups/{groupId}/members/{userId} (role)': () => ({ role: 'admin' }),
  'PATCH /groups/{groupId}/applications/{id}': () => ({ decision: 'approve' }),
  'POST /groups/{groupId}/check-ins (note)': () => ({ note: 'five kilometres' }),
  'POST /groups/{groupId}/make-ups': () => ({ day: '2026-03-02', reason: 'on a plane' }),
};
const QUERY: Record<string, string> = {
  'DELETE /groups/{groupId}/members/{userId} (ban)': '?ban=true',
  'GET /groups/{groupId}/members/{userId}/calendar': '?from=2026-03-02&to=2026-03-03',
};

/** A group and what there is in it to act on. */
interface Place {
  groupId: number;
  /** A member in no role of the table, who has checked in. */
  member: TestUser;
  checkInId: number;
  applicationId: number;
  inviteId: number;
  token: string;
  actors: Record<string, TestUser>;
}

const DAY_MS = 86_400_000;

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

async function place(visibility: 'public' | 'private'): Promise<Place> {
  t.clock.set(START);
  const names = ['stranger', 'applicant', 'member', 'muted', 'former', 'banned', 'admin', 'owner'];
  const actors: Record<string, TestUser> = { moderator: await t.world.user({ role: 'moderator' }) };
  for (const name of names) actors[name] = await t.world.user({ nickname: `${visibility} ${name}` });
  const { applicant, muted, former, banned, admin, owner } = actors;
  const member = await t.world.user();
  const { id: groupId } = await t.world.group(owner!, {
    name: `The ${visibility} one`,
    joinPolicy: 'approval',
    members: [member, actors.member!, muted!, former!, banned!, admin!],
  });
  const url = `/groups/${groupId}`;
  let run = t.api.as(owner!);
  const { applicationId } = expectStatus(
    201,
    await t.api.as(applicant!).post(`${url}/members`, { reason: 'I run' }),
  ).data;
  expectStatus(200, await run.patch(`${url}/members/${admin!.id}`, { role: 'admin' }));
  expectStatus(200, await run.delete(`${url}/members/${banned!.id}?ban=true`));
  expectStatus(200, await t.api.as(former!).delete(`${url}/members/me`));
  if (visibility === 'private') expectStatus(200, await run.patch(url, { visibility, joinPolicy: 'invite' }));
  t.clock.advance(DAY_MS);
  run = t.api.as(owner!);
  const mutedUntil = '2027-01-01T00:00:00.000Z';
  expectStatus(200, await run.patch(`${url}/members/${muted!.id}`, { mutedUntil }));
  const { checkIn } = await t.world.checkIn(groupId, member);
  const { id: inviteId, token } = expectStatus(201, await run.post(`${url}/invites`)).data;
  return { groupId, member, checkInId: checkIn.id, applicationId, inviteId, token, actors };
}

function urlOf(path: string, where: Place): string {
  const ids: Record<string, number> = {
    applications: where.applicationId,
    invites: where.inviteId,
    'check-ins': where.checkInId,
  };
  return path
    .replace('{groupId}', String(where.groupId))
    .replace('bans/{userId}', `bans/${where.actors.banned!.id}`)
    .replace('{userId}', String(where.member.id))
    .replace('{token}', where.token)
    .replace('{day}', '2026-03-03')
    .replace(/([a-z-]+)\/\{id\}/, (_, kind: string) => `${kind}/${ids[kind]}`);
}

const UNDONE = new Error('undone');

/** Runs `fn` and takes back whatever it did, so that every cell of the table starts from the same. */
async function undone<T>(fn: () => Promise<T>): Promise<T> {
  let result!: T;
  await t.app
    .get(Database)
    .transaction(async () => {
      result = await fn();
      throw UNDONE;
    })
    .catch((error: unknown) => {
      if (error !== UNDONE) throw error;
    });
  return result;
}

const answerOf = ({ status, error }: Answer) => (error ? `${status} ${error}` : String(status));

/** A refusal without what differs between any two requests. */
function bareOf({ data, headers, ...rest }: Answer) {
  const { request: _request, requestId: _requestId, ...bare } = data;
  return { ...rest, data: bare, headers: Object.keys(headers).toSorted() };
}

it('has a row for every route about groups in the document', () => {
  const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
  const documented = new OpenApiContract(document).operations
    .map((operation) => operation.replace('/api/v1', ''))
    .filter((operation) => /^\w+ \/(groups|invites|me)(\/|$)/.test(operation));
  const known = new Set(ROWS.map(({ method, path }) => `${method} ${path}`));
  expect([...known].toSorted()).toEqual(documented.toSorted());
  for (const { name, cells } of ROWS) expect(cells, name).toHaveLength(ROLES.length);
});

describe.each(['public', 'private'] as const)('to a %s group', (visibility) => {
  let where: Place;
  beforeAll(async () => {
    where = await place(visibility);
  });

  const send = (api: Api, { method, path, name }: (typeof ROWS)[number], at: Place) =>
    undone(() => call(api, `${method} ${urlOf(path, at)}${QUERY[name] ?? ''}`, INPUT[name]?.(at)));

  it.each(ROWS)('$name', async (row) => {
    const expected: Record<string, string> = {};
    const answered: Record<string, string> = {};
    for (const [i, role] of ROLES.entries()) {
      const [openly, secretly = openly] = row.cells[i]!.split('/') as [string, string?];
      expected[role] = ANSWERS[visibility === 'public' ? openly : secretly]!;
      const api = role === 'guest' ? t.api : t.api.as(where.actors[role]!);
      const answer = await send(api, row, where);
      answered[role] = answerOf(answer);
      if (answer.error === 'GROUP_NOT_FOUND')
        expect(bareOf(answer)).toEqual(bareOf(await send(api, row, { ...where, groupId: NO_SUCH_ID })));
    }
    expect(answered).toEqual(expected);
  });
});

it('keeps a private group out of everything that those outside can look at', async () => {
  const { groupId, actors } = await place('private');
  const outside = ['stranger', 'applicant', 'former', 'banned'].map((role) => actors[role]!);
  const owner = actors.owner!;
  for (const user of outside) {
    const api = t.api.as(user);
    for (const url of [
      ...['new', 'hot', 'members'].map((sort) => `/groups?limit=100&sort=${sort}`),
      '/groups?q=private',
      '/groups?categoryId=1&limit=100',
      '/me/groups',
      '/me/today',
      '/me/applications',
      `/users/${owner.id}`,
      `/users/${user.id}`,
    ]) {
      const answer = await api.get(url);
      expect(answer.status, url).toBe(200);
      expect(JSON.stringify(answer.data), url).not.toMatch(
        new RegExp(`"groupId":${groupId}\\b|The private one`),
      );
      for (const item of answer.data.items ?? []) expect(item.id, url).not.toBe(groupId);
    }
  }
  expect((await t.api.as(actors.member!).get('/me/groups')).data.items).toMatchObject([{ id: groupId }]);
  expect((await t.api.as(owner).get('/me/applications')).data.items).toMatchObject([{ groupId }]);
});
