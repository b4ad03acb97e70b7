import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { START, type TestApp } from './app.js';
import type { Answer, Api } from './client.js';
import { OpenApiContract } from './openapi.js';
import { call, NO_SUCH_ID } from './requests.js';
import { expectStatus, type TestUser } from './world.js';

/**
 * Who may do what, as a table: in each cell the answer in a public group and, where it differs, after a slash in a
 * private one. Words in brackets tell apart different requests to one route.
 */
export interface PermissionTable {
  /** First line: the roles; then one line for each request. */
  text: string;
  /** The short words of the cells. */
  answers: Record<string, string>;
  /** Which documented routes must have a row. */
  covers: RegExp;
  /** The bodies, by the row's name. */
  input: Record<string, (place: Place) => object>;
  /** The queries, by the row's name; `{groupId}` stands for the group's id. */
  query?: Record<string, string>;
}

/** A group and what there is in it to act on. */
export interface Place {
  groupId: number;
  /** A member in no role of the table, who has checked in and written everything. */
  member: TestUser;
  checkInId: number;
  applicationId: number;
  inviteId: number;
  token: string;
  actors: Record<string, TestUser>;
  /** Ids for further placeholders of paths, e.g. `postId`. */
  ids: Record<string, number>;
}

const DAY_MS = 86_400_000;

/** A group with everybody in his role. */
export async function placeOf(t: TestApp, visibility: 'public' | 'private'): Promise<Place> {
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
  return { groupId, member, checkInId: checkIn.id, applicationId, inviteId, token, actors, ids: {} };
}

function urlOf(path: string, where: Place): string {
  const ids: Record<string, number> = {
    applications: where.applicationId,
    invites: where.inviteId,
    'check-ins': where.checkInId,
    users: where.member.id,
  };
  return path
    .replace('{groupId}', String(where.groupId))
    .replace('bans/{userId}', `bans/${where.actors.banned!.id}`)
    .replace('{userId}', String(where.member.id))
    .replace('{checkInId}', String(where.checkInId))
    .replace('{token}', where.token)
    .replace('{day}', '2026-03-03')
    .replace('{flag}', 'pinned')
    .replace('{postId}/restore', '{removedPost}/restore')
    .replace('{questionId}/restore', '{removedQuestion}/restore')
    .replace(/([a-z-]+)\/\{id\}/, (_, kind: string) => `${kind}/${ids[kind] ?? NO_SUCH_ID}`)
    .replace(/\{(\w+)\}/, (_, name: string) => String(where.ids[name]));
}

const UNDONE = new Error('undone');

/** Runs `fn` and takes back whatever it did, so that every cell of the table starts from the same. */
async function undone<T>(t: TestApp, fn: () => Promise<T>): Promise<T> {
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

/** One test for every line of the table, in a public group and in a private one, and one that no route is missing. */
export function testPermissions(
  app: () => TestApp,
  { text, answers, covers, input, query = {} }: PermissionTable,
  prepare: (t: TestApp, place: Place) => Promise<void> = () => Promise.resolve(),
): void {
  const [head, ...lines] = text.trim().split('\n') as [string, ...string[]];
  const roles = head.replace('|', '').trim().split(/ +/);
  const rows = lines.map((line) => {
    const [name, cells] = line.split('|') as [string, string];
    const [, method, path] = /^(\w+) +(\S+)/.exec(name) as unknown as [string, string, string];
    return { name: name.trim().replace(/ +/g, ' '), method, path, cells: cells.trim().split(/ +/) };
  });

  it('has a row for every route', () => {
    const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
    const documented = new OpenApiContract(document).operations
      .map((operation) => operation.replace('/api/v1', ''))
      .filter((operation) => covers.test(operation));
    const known = new Set(rows.map(({ method, path }) => `${method} ${path}`));
    expect([...known].toSorted()).toEqual(documented.toSorted());
    for (const { name, cells } of rows) expect(cells, name).toHaveLength(roles.length);
  });

  describe.each(['public', 'private'] as const)('in a %s group', (visibility) => {
    let where: Place;
    beforeAll(async () => {
      where = await placeOf(app(), visibility);
      await prepare(app(), where);
    });

    const send = (api: Api, { method, path, name }: (typeof rows)[number], at: Place) => {
      const url = urlOf(path, at) + (query[name] ?? '').replace('{groupId}', String(at.groupId));
      return undone(app(), () => call(api, `${method} ${url}`, input[name]?.(at)));
    };

    it.each(rows)('$name', async (row) => {
      const expected: Record<string, string> = {};
      const answered: Record<string, string> = {};
      const nowhere = Object.fromEntries(Object.keys(where.ids).map((name) => [name, NO_SUCH_ID]));
      for (const [i, role] of roles.entries()) {
        const [openly, secretly = openly] = row.cells[i]!.split('/') as [string, string?];
        expected[role] = answers[visibility === 'public' ? openly : secretly]!;
        const api = role === 'guest' ? app().api : app().api.as(where.actors[role]!);
        const answer = await send(api, row, where);
        answered[role] = answerOf(answer);
        // What is hidden answers in every respect like what does not exist.
        if (answer.status === 404) {
          const none = { ...where, groupId: NO_SUCH_ID, checkInId: NO_SUCH_ID, ids: nowhere };
          if (row.path.includes('{groupId}') || !row.path.includes('{id}'))
            expect(bareOf(answer)).toEqual(bareOf(await send(api, row, none)));
        }
      }
      expect(answered).toEqual(expected);
    });
  });
}
