import { createHash } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { PasswordHasher } from '../../src/modules/user/password-hasher.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { tableContents } from '../support/database.js';
import { type Attack, attacksOn, BAD, bodyAttacks } from '../support/attacks.js';
import { strangeTexts } from '../support/hostile.js';
import { assertMatchesOpenApi } from '../support/openapi.js';
import { exampleOf, needsToken, type Operation, operations, type Schema } from '../support/operations.js';
import type { TestUser } from '../support/world.js';

/** Around the days of the document's examples. */
const NOW = '2026-01-31T08:00:00.000Z';
/** Large, so that the other limits are met first. */
const BODY_LIMIT = 1_000_000;
/** An idle machine needs a hundredth of it; a pattern that takes the square of its text needs a minute. */
const SLOW_MS = 5_000;

let t: TestApp;
let owner: TestUser;
let values: Record<string, string | number>;

beforeAll(async () => {
  t = await createTestApp({ env: { BODY_LIMIT: `${BODY_LIMIT}` } });
  t.clock.set(NOW);
  const { world } = t;
  // All that the site allows, so that only the input can be at fault.
  owner = await world.user({ role: 'admin' });
  const [member, other, ...banned] = await world.usersOf(4);
  const hash = await t.app.get(PasswordHasher, { strict: false }).hash('correct horse battery');
  await t.app.get(Database).run('update users set password_hash = ?', [hash]);
  const group = await world.group(owner, { members: [member!, other!, ...banned], joinPolicy: 'approval' });
  const api = t.api.as(owner);
  for (const { id } of banned) await api.delete(`/groups/${group.id}/members/${id}?ban=true`);
  const applicants = await world.usersOf(2);
  for (const each of applicants)
    await t.api.as(each).post(`/groups/${group.id}/members`, { reason: 'let me in' });
  const invite = (await api.post(`/groups/${group.id}/invites`)).data;
  await api.post(`/groups/${group.id}/invites`);
  const checkIn = await world.checkIn(group.id, owner);
  await world.checkIn(group.id, member!);
  await world.group(owner);
  await world.signIn(owner);
  const applications = (await api.get(`/groups/${group.id}/applications`)).data.items;
  values = {
    'groups/groupId': group.id,
    'members/userId': member!.id,
    'bans/userId': banned[0]!.id,
    'sessions/id': owner.sessionId,
    'users/id': member!.id,
    'applications/id': applications[0].id,
    'check-ins/id': checkIn.id,
    'invites/id': invite.id,
    'invites/token': invite.token,
  };
});
afterAll(() => t.close());

/** What is found before anybody asks who is calling. */
const UNREADABLE = new Set([
  'body',
  'path',
  'query',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
]);
const CHINESE = /[\u4e00-\u9fff]/;

interface Sent {
  status: number;
  data: { nextCursor?: string | null } | null;
  error?: string;
  msg: string;
  fields: Record<string, string[]>;
  ms: number;
}

interface Failure {
  error?: string;
  fields?: Record<string, string[]>;
}

/** The example of a parameter. */
const shown = (schema: Schema) => String(exampleOf(schema));

let sent = 0;

async function send(
  operation: Operation,
  { parameters: given = {}, query, headers = {}, payload }: Attack,
  language: 'en' | 'zh' = 'en',
  user: TestUser | null = needsToken(operation) ? owner : null,
): Promise<Sent> {
  const { method, path, parameters, body } = operation;
  const url = path.replace(/([^/]+)\/\{(\w+)\}/g, (_, segment: string, name: string) => {
    const schema = parameters.find((each) => each.name === name)!.schema;
    return `${segment}/${given[name] ?? encodeURIComponent(String(values[`${segment}/${name}`] ?? shown(schema)))}`;
  });
  const wanted = parameters
    .filter((each) => each.in === 'query' && (each.required || each.name in given))
    .map(({ name, schema }) => `${name}=${given[name] ?? shown(schema)}`);
  const search = [...wanted, ...(query === undefined ? [] : [query])].join('&');
  const options: InjectOptions = {
    method,
    url: search ? `${url}?${search}` : url,
    headers: {
      'accept-language': language,
      ...(user && { authorization: `Bearer ${t.api.tokenOf(user)}` }),
      ...(body && payload === undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    payload: payload ?? (body && JSON.stringify(exampleOf(body))),
  };
  sent++;
  const start = performance.now();
  const response = await t.app.inject(options);
  const ms = performance.now() - start;
  const answer = response.json<{
    code: number;
    msg: string;
    data: (Failure & NonNullable<Sent['data']>) | null;
  }>();
  expect(Object.keys(answer)).toEqual(['code', 'msg', 'data']);
  const { statusCode: status } = response;
  if (![404, 414].includes(status) || answer.data?.error !== 'HTTP_ERROR')
    assertMatchesOpenApi(method, url, status, answer);
  return {
    status,
    data: answer.data,
    error: answer.data?.error,
    msg: answer.msg,
    fields: answer.data?.fields ?? {},
    ms,
  };
}

/** Sends the attacks, in turns in either language; returns what was not refused as it has to be. */
async function survivors(operation: Operation, attacks: Attack[]): Promise<string[]> {
  const found: string[] = [];
  for (const [i, attack] of attacks.entries()) {
    const language = i % 2 === 0 ? 'en' : 'zh';
    const fault = await send(operation, attack, language).then(
      (answer) => faultOf(answer, attack, language),
      (error: Error) => error.message.slice(0, 300),
    );
    if (fault) found.push(`${attack.what} (${language}): ${fault}`);
  }
  return found;
}

function faultOf(answer: Sent, { field, refusal = BAD }: Attack, language: 'en' | 'zh'): string | undefined {
  const { status, error, msg, fields, ms } = answer;
  if (ms > SLOW_MS) return `took ${Math.round(ms)} ms`;
  if (!refusal!.some(([a, b]) => a === status && b === error)) return `answered ${status} ${error}`;
  const names = Object.keys(fields);
  if (error === 'BAD_PARAMETER' && !names.some((name) => isWithin(name, field)))
    return `names ${names.join()} instead of ${field}`;
  if (names.some((name) => !isWithin(name, field))) return `blames ${names.join()}, not just ${field}`;
  const texts = [msg, ...Object.values(fields).flat()];
  return texts.every((text) => text !== '' && CHINESE.test(text) === (language === 'zh'))
    ? undefined
    : `speaks another language: ${texts.join(' | ')}`;
}

/** `rule.weekdays` is within `rule`. */
const isWithin = (name: string, field: string | undefined) =>
  field === undefined || name === field || name.startsWith(`${field}.`);

const sha = (value: unknown) => createHash('sha1').update(JSON.stringify(value)).digest('base64url');
const checksums = async () =>
  Object.fromEntries(
    Object.entries(await tableContents(t.app.get(Database))).map(([table, rows]) => [table, sha(rows)]),
  );

const title = ({ method, path }: Operation) => `${method} ${path}`;
const each = (list: Operation[]) => list.map((operation) => [title(operation), operation] as const);

describe('bad input', () => {
  it.each(each(operations))('%s refuses it, names the field and writes nothing', async (_, operation) => {
    const before = await checksums();
    expect(await survivors(operation, attacksOn(operation))).toEqual([]);
    expect(await checksums()).toEqual(before);
  });

  it('does not even get to be looked at from people who are not signed in', async () => {
    const before = await checksums();
    const found: string[] = [];
    for (const operation of operations.filter(needsToken)) {
      // Every kind of attack is among those, on one route or another.
      const some = attacksOn(operation).filter(
        ({ payload = '' }, i) => i % 7 === 0 && payload.length < 10_000,
      );
      for (const attack of some) {
        const { status, error, fields } = await send(operation, attack, 'en', null);
        const unreadable =
          attack.refusal ?? (Object.keys(fields).every((name) => UNREADABLE.has(name)) ? BAD : []);
        if (error !== 'NOT_LOGGED_IN' && !unreadable!.some(([a, b]) => a === status && b === error))
          found.push(`${title(operation)}: ${attack.what} answered ${status} ${error}`);
      }
    }
    expect(found).toEqual([]);
    expect(await checksums()).toEqual(before);
  });

  it('in the body of a GET is not read', async () => {
    const reads = operations.filter(({ method }) => method === 'GET');
    // Scores that sink with time are written anew by the first who asks for them.
    for (const operation of reads) await send(operation, { what: 'nothing' });
    const before = await checksums();
    for (const operation of reads) {
      const { status } = await send(operation, { what: 'nothing' });
      for (const attack of bodyAttacks(undefined)) {
        const answer = await send(operation, { ...attack, what: title(operation) });
        expect(answer.status, `${title(operation)} with ${attack.what}`).toBe(status);
      }
    }
    expect(await checksums()).toEqual(before);
  });
});

describe('cursors', () => {
  const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
  const encode = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  /** Every order or part of a list that can be asked for. */
  const variants = ({ parameters }: Operation) => [
    '',
    ...parameters.flatMap(({ name, schema }) =>
      (schema.enum ?? []).map((value) => `&${name}=${String(value)}`),
    ),
  ];

  it.each(each(lists))(
    '%s refuses what is none, and whatever it takes breaks nothing',
    async (_, operation) => {
      const broken = [
        '{}',
        'null',
        '1',
        '"a"',
        '[',
        '[[',
        '['.repeat(700),
        '[]',
        '[[]]',
        '[{}]',
        '[null,null,null,null,null]',
        '\0',
        '\ud800',
        'ÿ',
      ];
      const none = [
        ...broken.map(encode),
        'a',
        '=',
        'W10=',
        '!',
        '%00',
        'é',
        'x'.repeat(1_024),
        'x'.repeat(1_025),
      ];
      const values = [
        0,
        -1,
        1.5,
        2 ** 53,
        1e21,
        1e308,
        -1e308,
        5e-324,
        '',
        'a',
        "' or 1=1 --",
        'x'.repeat(300),
        '😀',
        '2026-01-31',
        '9999-12-31',
        '1000-01-01',
        '2026-02-30',
        '0000-00-00',
        null,
        '2026-01-31T08:00:00.000Z',
        '9999-12-31T23:59:59.999Z',
        '0000-01-01T00:00:00.000Z',
        '2026-13-45T99:99:99.999Z',
        '2026-02-30T08:00:00.000Z',
      ];
      const possible = values.flatMap((a) => [
        [a],
        [a, 1],
        [a, -1],
        [a, 1e308],
        [1, a],
        [a, a],
        [1, a, 1],
        [a, 1, 1],
        [1, 1, a],
      ]);
      const before = await checksums();
      for (const variant of variants(operation)) {
        for (const cursor of none) {
          const { error, fields } = await send(operation, { what: '', query: `cursor=${cursor}${variant}` });
          expect([error, Object.keys(fields)], `${variant} ${cursor}`).toEqual(['BAD_PARAMETER', ['cursor']]);
        }
        for (const cursor of possible) {
          const { status, fields } = await send(operation, {
            what: '',
            query: `cursor=${encode(cursor)}${variant}`,
          });
          expect([200, 400], `${variant} ${JSON.stringify(cursor)}`).toContain(status);
          if (status === 400) expect(Object.keys(fields)).toEqual(['cursor']);
        }
      }
      expect(await checksums()).toEqual(before);
    },
  );

  it('of one list are no harm to another', async () => {
    const cursors = new Map<string, string>();
    for (const operation of lists) {
      for (const variant of variants(operation)) {
        const { data } = await send(operation, { what: '', query: `limit=1${variant}` });
        if (data?.nextCursor) cursors.set(`${title(operation)} ${variant}`, data.nextCursor);
      }
    }
    // Every list of the world above has two pages of one.
    for (const operation of lists)
      expect(
        [...cursors.keys()].some((key) => key.startsWith(`${title(operation)} `)),
        title(operation),
      ).toBe(true);
    for (const operation of lists) {
      for (const variant of variants(operation)) {
        for (const [origin, cursor] of cursors) {
          const { status, fields } = await send(operation, { what: '', query: `cursor=${cursor}${variant}` });
          const own = origin === `${title(operation)} ${variant}`;
          expect(own ? [200] : [200, 400], `${title(operation)} ${variant} with that of ${origin}`).toContain(
            status,
          );
          if (status === 400) expect(Object.keys(fields)).toEqual(['cursor']);
        }
      }
    }
  });
});

/** From here on things are written. */
describe('good input', () => {
  const accepted = async (operation: Operation, attack: Attack) => {
    owner = { ...owner, ...(await t.world.signIn(owner)) };
    const { status, error, fields } = await send(operation, attack);
    expect(status, `${title(operation)} ${attack.what}`).toBeLessThan(500);
    expect({ error, fields }, `${title(operation)} ${attack.what}`).not.toMatchObject({
      error: 'BAD_PARAMETER',
    });
  };

  it.each(each(operations))(
    '%s takes it: what was refused above was refused for its fault',
    async (_, operation) => {
      await accepted(operation, { what: 'as documented' });
      const { body } = operation;
      if (body) {
        await accepted(operation, {
          what: 'after a byte order mark',
          payload: `\ufeff${JSON.stringify(exampleOf(body))}`,
        });
      }
    },
  );

  it.each(each(operations.filter(({ method }) => method !== 'DELETE')))(
    '%s survives what is strange',
    async (_, operation) => {
      const { body, parameters } = operation;
      const survive = async (name: string, attack: Attack) => {
        const { status, error, fields } = await send(operation, attack);
        expect(status, `${title(operation)} ${attack.what}`).toBeLessThan(500);
        // Rules that the document has no words for.
        if (error === 'BAD_PARAMETER') expect(Object.keys(fields), attack.what).toEqual([name]);
      };
      for (const { name, schema } of parameters.filter(
        (each) => each.in === 'query' && each.name !== 'cursor',
      ))
        for (const { what, value } of strangeTexts(schema))
          await survive(name, {
            what: `${what} as ${name}`,
            parameters: { [name]: encodeURIComponent(value) },
          });
      for (const [name, schema] of Object.entries(body?.properties ?? {}))
        for (const { what, value } of strangeTexts(schema))
          await survive(name, {
            what: `${what} as ${name}`,
            payload: JSON.stringify({ ...(exampleOf(body!) as object), [name]: value }),
            headers: { 'content-type': 'application/json' },
          });
    },
  );
});

afterAll(() => console.log(`${operations.length} routes, ${sent} requests`));
