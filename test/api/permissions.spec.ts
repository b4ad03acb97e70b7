import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { type Place, placeOf, testPermissions } from '../support/permission-table.js';

/** Who may do what to a group. */
const TABLE = `
                                                   | guest stranger       applicant      member  muted   former         banned         admin   owner   moderator
GET    /me                                         | login ok             ok             ok      ok      ok             ok             ok      ok      ok
PATCH  /me                                         | login ok             ok             ok      ok      ok             ok             ok      ok      ok
POST   /me/password                                | login bad            bad            bad     bad     bad            bad            bad     bad     bad
GET    /me/groups                                  | login ok             ok             ok      ok      ok             ok             ok      ok      ok
GET    /me/today                                   | login ok             ok             ok      ok      ok             ok             ok      ok      ok
GET    /me/calendar                                | login ok             ok             ok      ok      ok             ok             ok      ok      ok
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
GET    /invites/{token}                            | login ok             ok             ok      ok      ok             banned         ok      ok      ok
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
  'GET /me/calendar': '?from=2026-03-02&to=2026-03-03',
  'DELETE /groups/{groupId}/members/{userId} (ban)': '?ban=true',
  'GET /groups/{groupId}/members/{userId}/calendar': '?from=2026-03-02&to=2026-03-03',
};

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

testPermissions(() => t, {
  text: TABLE,
  answers: ANSWERS,
  covers: /^\w+ \/(groups(\/\{groupId\}(?!\/posts).*)?|invites.*|me(\/(?!message).*)?)$/,
  input: INPUT,
  query: QUERY,
});

it('keeps a private group out of everything that those outside can look at', async () => {
  const { groupId, actors } = await placeOf(t, 'private');
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
      `/users/${owner.id}/groups?limit=100`,
      `/users/${user.id}/groups?limit=100`,
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
