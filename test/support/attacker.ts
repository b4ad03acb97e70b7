import { createHash } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { Database } from '../../src/common/database/database.js';
import { PasswordHasher } from '../../src/modules/user/password-hasher.js';
import { createTestApp, type TestApp } from './app.js';
import { type Attack, BAD } from './attacks.js';
import { tableContents } from './database.js';
import { assertMatchesOpenApi } from './openapi.js';
import { picture } from './pictures.js';
import { exampleOf, needsToken, type Operation, type Schema } from './operations.js';
import { expectStatus, type TestUser } from './world.js';

/** Around the days of the document's examples. */
const NOW = '2026-01-31T08:00:00.000Z';
/** Large, so that the other limits are met first. */
const BODY_LIMIT = 1_000_000;
/** An idle machine needs a hundredth of it; a pattern that takes the square of its text needs a minute. */
const SLOW_MS = 5_000;
const CHINESE = /[\u4e00-\u9fff]/;

export interface Sent {
  status: number;
  data: { nextCursor?: string | null } | null;
  error?: string;
  msg: string;
  fields: Record<string, string[]>;
  ms: number;
}

type Data = NonNullable<Sent['data']> & Partial<Pick<Sent, 'error' | 'fields'>>;

/** Sends what nobody should send, in a world in which all that is sent would do something if it were good. */
export class Attacker {
  /** How many requests it was. */
  sent = 0;

  private constructor(
    private readonly t: TestApp,
    private owner: TestUser,
    /** Of the parameters of paths, by what stands before them. */
    private readonly values: Record<string, string | number>,
  ) {}

  static async create(): Promise<Attacker> {
    const t = await createTestApp({ env: { BODY_LIMIT: `${BODY_LIMIT}` } });
    t.clock.set(NOW);
    const { world } = t;
    // All that the site allows, so that only the input can be at fault.
    const owner = await world.user({ role: 'admin' });
    const [member, other, ...banned] = await world.usersOf(4);
    const hash = await t.app.get(PasswordHasher, { strict: false }).hash('correct horse battery');
    await t.app.get(Database).run('update users set password_hash = ?', [hash]);
    // Two of everything, so that every list has two pages of one.
    const group = await world.group(owner, { members: [member!, other!, ...banned], joinPolicy: 'approval' });
    const api = t.api.as(owner);
    for (const { id } of banned) await api.delete(`/groups/${group.id}/members/${id}?ban=true`);
    for (const each of await world.usersOf(2))
      await t.api.as(each).post(`/groups/${group.id}/members`, { reason: 'let me in' });
    const invite = (await api.post(`/groups/${group.id}/invites`)).data;
    await api.post(`/groups/${group.id}/invites`);
    const { checkIn } = await world.checkIn(group.id, owner);
    await world.checkIn(group.id, member!);
    const content = await writeContent(t, group.id, checkIn.id, owner, [member!, other!]);
    await world.group(owner, { members: [member!] });
    await world.signIn(owner);
    const applications = (await api.get(`/groups/${group.id}/applications`)).data.items;
    return new Attacker(t, owner, {
      'groups/groupId': group.id,
      'members/userId': member!.id,
      'bans/userId': banned[0]!.id,
      'sessions/id': owner.sessionId,
      'users/id': member!.id,
      'applications/id': applications[0].id,
      'check-ins/id': checkIn.id,
      'invites/id': invite.id,
      'invites/token': invite.token,
      'check-ins/checkInId': checkIn.id,
      ...content,
    });
  }

  close = (): Promise<void> => this.t.close();

  /** Goes on in a new session, whatever happened to the one before. */
  async signInAnew(): Promise<void> {
    this.owner = { ...this.owner, ...(await this.t.world.signIn(this.owner)) };
  }

  /** A digest of every table. */
  async checksums(): Promise<Record<string, string>> {
    const tables = Object.entries(await tableContents(this.t.app.get(Database)));
    return Object.fromEntries(tables.map(([table, rows]) => [table, sha(rows)]));
  }

  /** What is not attacked is as in the document's examples; `user` null stands for nobody. */
  async send(
    operation: Operation,
    attack: Attack,
    language: 'en' | 'zh' = 'en',
    user: TestUser | null = needsToken(operation) ? this.owner : null,
  ): Promise<Sent> {
    const { body, form } = operation;
    const url = this.urlOf(operation, attack);
    const file = form && attack.payload === undefined;
    const options: InjectOptions = {
      method: operation.method,
      url,
      headers: {
        'accept-language': language,
        ...(user && { authorization: `Bearer ${this.t.api.tokenOf(user)}` }),
        ...(body && attack.payload === undefined && { 'content-type': 'application/json' }),
        ...(file && { 'content-type': 'multipart/form-data; boundary=x' }),
        ...attack.headers,
      },
      payload: file
        ? formWith(await picture())
        : (attack.payload ?? (body && JSON.stringify(exampleOf(body)))),
    };
    this.sent++;
    const start = performance.now();
    const response = await this.t.app.inject(options);
    const ms = performance.now() - start;
    const answer = response.json<{ code: number; msg: string; data: Data | null }>();
    if (Object.keys(answer).join() !== 'code,msg,data') throw new Error(`no envelope: ${response.body}`);
    const { data, msg } = answer;
    const { statusCode: status } = response;
    // A path that the router refuses is no route's.
    if (![404, 414].includes(status) || data?.error !== 'HTTP_ERROR')
      assertMatchesOpenApi(operation.method, url, status, answer);
    return { status, data, error: data?.error, msg, fields: data?.fields ?? {}, ms };
  }

  /** Sends the attacks, in turns in either language; returns what was not refused as it has to be. */
  async survivors(operation: Operation, attacks: Attack[]): Promise<string[]> {
    const found: string[] = [];
    for (const [i, attack] of attacks.entries()) {
      const language = i % 2 === 0 ? 'en' : 'zh';
      const fault = await this.send(operation, attack, language).then(
        (answer) => faultOf(answer, attack, language),
        (error: Error) => error.message.slice(0, 300),
      );
      if (fault) found.push(`${attack.what} (${language}): ${fault}`);
    }
    return found;
  }

  private urlOf({ path, parameters }: Operation, { parameters: given = {}, query }: Attack): string {
    const url = path.replace(/([^/]+)\/\{(\w+)\}/g, (_, segment: string, name: string) => {
      const { schema } = parameters.find((each) => each.name === name)!;
      const good = String(this.values[`${segment}/${name}`] ?? shown(schema));
      return `${segment}/${given[name] ?? encodeURIComponent(good)}`;
    });
    const wanted = parameters
      .filter((each) => each.in === 'query' && (each.required || each.name in given))
      .map(({ name, schema }) => `${name}=${given[name] ?? shown(schema)}`);
    const search = [...wanted, ...(query === undefined ? [] : [query])].join('&');
    return search ? `${url}?${search}` : url;
  }
}

const formWith = (file: Buffer) =>
  Buffer.concat([
    Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'),
    file,
    Buffer.from('\r\n--x--\r\n'),
  ]);

/** Two of everything that is written, about a group's check-in and besides; the first of each has two of all below it. */
async function writeContent(
  t: TestApp,
  groupId: number,
  checkInId: number,
  owner: TestUser,
  others: TestUser[],
): Promise<Record<string, number | string>> {
  const api = t.api.as(owner);
  const twice = async (url: string, body: object) => {
    const first = expectStatus(201, await api.post(url, body)).data.id as number;
    expectStatus(201, await api.post(url, body));
    return first;
  };
  const text = { title: 'a title', body: 'a text' };
  const postId = await twice(`/groups/${groupId}/posts`, text);
  expectStatus(200, await api.patch(`/posts/${postId}`, { version: 1, title: 'another' }));
  const commentId = await twice(`/posts/${postId}/comments`, { body: 'mine' });
  const questionId = await twice('/questions', { ...text, categoryId: 1, groupId });
  const { id: answerId } = expectStatus(
    201,
    await api.post(`/questions/${questionId}/answers`, { body: 'mine' }),
  ).data;
  const replyId = await twice(`/answers/${answerId}/replies`, { body: 'mine' });
  for (const other of others.map((each) => t.api.as(each))) {
    expectStatus(201, await other.post(`/comments/${commentId}/replies`, { body: 'theirs' }));
    expectStatus(201, await other.post(`/check-ins/${checkInId}/comments`, { body: 'theirs' }));
    expectStatus(201, await other.post(`/questions/${questionId}/answers`, { body: 'theirs' }));
    expectStatus(201, await other.post(`/groups/${groupId}/posts`, text));
    expectStatus(201, await other.post('/questions', { ...text, categoryId: 1 }));
    for (const path of [`/posts/${postId}`, `/comments/${commentId}`, `/check-ins/${checkInId}`])
      expectStatus(200, await other.put(`${path}/like`));
  }
  expectStatus(201, await t.api.as(others[0]!).post(`/groups/${groupId}/posts`, text));
  const another = expectStatus(
    201,
    await t.api.as(others[0]!).post('/questions', { ...text, categoryId: 1 }),
  );
  expectStatus(
    201,
    await t.api.as(others[0]!).post(`/questions/${another.data.id}/answers`, { body: 'too' }),
  );
  const file = { content: await picture(), filename: 'a.jpg' };
  expectStatus(201, await api.upload('/uploads', file));
  const { id: uploadId } = expectStatus(201, await api.upload('/uploads', file)).data;
  const messages = (await api.get('/messages')).data.items;
  return {
    'posts/postId': postId,
    'flags/flag': 'pinned',
    'comments/commentId': commentId,
    'questions/questionId': questionId,
    'answers/answerId': answerId,
    'answer-replies/replyId': replyId,
    'uploads/id': uploadId,
    'messages/id': messages[0].id,
  };
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

/** The example of a parameter. */
const shown = (schema: Schema) => String(exampleOf(schema));

const sha = (value: unknown) => createHash('sha1').update(JSON.stringify(value)).digest('base64url');
