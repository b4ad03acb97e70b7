import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { QuestionViews } from '../../src/modules/question/question-views.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import {
  expectRubbishRefused,
  expectSignInNeeded,
  NO_SUCH_ID,
  numberOf,
  pagesOf,
  tally,
} from '../support/requests.js';
import { picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
let moderator: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
  moderator = await t.world.user({ role: 'moderator' });
});
afterAll(() => t.close());

const QUESTION = { title: '早上跑步前要不要吃东西？', body: '空腹总觉得**没力气**。', categoryId: 2 };
const as = (user: TestUser) => t.api.as(user);
const ask = async (user: TestUser, question: object = {}) =>
  expectStatus(201, await as(user).post('/questions', { ...QUESTION, ...question })).data;
const answer = async (user: TestUser, questionId: number) =>
  expectStatus(201, await as(user).post(`/questions/${questionId}/answers`, { body: '香蕉' })).data;
const get = (user: TestUser, id: number) => as(user).get(`/questions/${id}`);
const idsOf = async (user: TestUser, url: string, limit = 3): Promise<number[]> =>
  (await pagesOf(as(user), url, limit)).map((item) => item.id);
const privateGroup = () => t.world.group(ann, { visibility: 'private', members: [ben] });
const notFound = { status: 404, error: 'QUESTION_NOT_FOUND' };
const forbidden = { status: 403, error: 'NO_PERMISSION' };
const acts = (id: number) =>
  t.app
    .get(Database)
    .rows(
      "select action, actor_id as actorId from business_log where object_type = 'question' and object_id = ?",
      [id],
    );

it('needs a token for every route but the categories', async () => {
  await expectSignInNeeded(t.api, [
    'GET /questions',
    'POST /questions',
    'GET /questions/1',
    'PATCH /questions/1',
    'DELETE /questions/1',
    'POST /questions/1/restore',
    'PUT /questions/1/closed',
    'DELETE /questions/1/closed',
    'GET /users/1/questions',
  ]);
  expect(await t.api.get('/question-categories')).toMatchObject({ status: 200 });
});

it('refuses rubbish and names the field', async () => {
  const { id } = await ask(ann);
  const rubbish: [string, string, object?][] = [
    ['GET /questions?sort=best', 'sort'],
    ['GET /questions?mine=yes', 'mine'],
    ['GET /questions?categoryId=a', 'categoryId'],
    ['GET /questions?groupId=0', 'groupId'],
    ['GET /questions?cursor=WyJhIl0', 'cursor'],
    ['GET /questions/x', 'questionId'],
    ['GET /users/x/questions', 'id'],
    [`GET /users/${ann.id}/questions?limit=0`, 'limit'],
    ['POST /questions', 'title', { ...QUESTION, title: ' ' }],
    ['POST /questions', 'title', { ...QUESTION, title: 'x'.repeat(257) }],
    ['POST /questions', 'body', { ...QUESTION, body: 'x'.repeat(20_001) }],
    ['POST /questions', 'categoryId', { ...QUESTION, categoryId: '1' }],
    ['POST /questions', 'groupId', { ...QUESTION, groupId: null }],
    ['POST /questions', 'imageIds', { ...QUESTION, imageIds: [1, 1] }],
    ['POST /questions', 'imageIds', { ...QUESTION, imageIds: 1 }],
    ['POST /questions', 'imageIds', { ...QUESTION, imageIds: Array.from({ length: 10 }, (_, i) => i + 1) }],
    ['POST /questions', 'voteScore', { ...QUESTION, voteScore: 100 }],
    [`PATCH /questions/${id}`, 'version', { title: 'x' }],
    [`PATCH /questions/${id}`, 'groupId', { version: 1, groupId: 1 }],
    [`PATCH /questions/${id}`, 'body', { version: 1, body: null }],
    [`DELETE /questions/${id}?reason=${'x'.repeat(201)}`, 'reason'],
    [`PUT /questions/${id}/closed`, 'reason', {}],
    [`PUT /questions/${id}/closed`, 'reason', { reason: 'x'.repeat(201) }],
    [`DELETE /questions/${id}/closed?reason=`, 'reason'],
  ];
  await expectRubbishRefused(as(ann), rubbish);
});

it('has its categories in the language of the request', async () => {
  const { data } = await t.api.with({ 'accept-language': 'zh-CN' }).get('/question-categories');
  expect(data).toContainEqual({ id: 2, slug: 'running', name: '跑步健身' });
});

describe('asking', () => {
  it('answers the question, rendered, followed by its asker', async () => {
    const data = await ask(ann);
    expect(data).toMatchObject({
      ...QUESTION,
      groupId: null,
      groupName: null,
      author: { id: ann.id, nickname: ann.nickname },
      excerpt: '空腹总觉得没力气。',
      html: expect.stringContaining('<strong>没力气</strong>'),
      images: [],
      answerCount: 0,
      voteScore: 0,
      viewCount: 0,
      followerCount: 1,
      hasAcceptedAnswer: false,
      acceptedAnswerId: null,
      closed: false,
      closedAt: null,
      closeReason: null,
      closedByModerator: false,
      version: 1,
      myVote: 0,
      following: true,
      myAnswerId: null,
      createdAt: START,
      editedAt: null,
    });
    expect((await get(ben, data.id)).data).toMatchObject({ id: data.id, following: false });
  });

  it('takes 256 characters for a title, counted as people count', async () => {
    expect((await ask(ann, { title: '🏃'.repeat(256) })).title).toHaveLength(512);
  });

  it('needs a category and pictures that exist', async () => {
    const post = (more: object) => as(ann).post('/questions', { ...QUESTION, ...more });
    expect(await post({ categoryId: 99 })).toMatchObject({
      status: 400,
      error: 'QUESTION_CATEGORY_NOT_FOUND',
    });
    expect(await post({ imageIds: [NO_SUCH_ID] })).toMatchObject({ status: 400, error: 'UPLOAD_NOT_FOUND' });
  });

  it('in a group is for members who are not muted', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben] });
    const post = (user: TestUser, group = groupId) =>
      as(user).post('/questions', { ...QUESTION, groupId: group });
    expect(await ask(ben, { groupId })).toMatchObject({ groupId, groupName: 'Every day' });
    expect(await post(cat)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    const mutedUntil = '2027-01-01T00:00:00.000Z';
    await as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { mutedUntil });
    expect(await post(ben)).toMatchObject({ status: 403, error: 'MUTED' });
    const hidden = await t.world.group(ann, { visibility: 'private' });
    for (const group of [hidden.id, NO_SUCH_ID])
      expect(await post(ben, group)).toMatchObject({ status: 404, error: 'GROUP_NOT_FOUND' });
  });

  it('creates one question when it is sent again with its Idempotency-Key', async () => {
    const api = as(ann).with({ 'idempotency-key': 'question-1' });
    const [first, second] = [await api.post('/questions', QUESTION), await api.post('/questions', QUESTION)];
    expect(second.data.id).toBe(first.data.id);
  });
});

describe('editing', () => {
  it('changes what is given, by its asker, and says so', async () => {
    const { id } = await ask(ann);
    t.clock.advance(60_000);
    const { data } = await as(ann).patch(`/questions/${id}`, { version: 1, title: 'New', categoryId: 3 });
    const editedAt = t.clock.now().toISOString();
    expect(data).toMatchObject({ title: 'New', categoryId: 3, body: QUESTION.body, version: 2, editedAt });
    const edited = await as(ann).patch(`/questions/${id}`, { version: 2, body: '*x*' });
    expect(edited.data).toMatchObject({
      html: expect.stringContaining('<em>x</em>'),
      excerpt: 'x',
      title: 'New',
    });
    t.clock.set(START);
  });

  it('refuses an edit of an old version, and of two at the same moment one', async () => {
    const { id } = await ask(ann);
    const edits = await Promise.all(
      ['a', 'b'].map((title) => as(ann).patch(`/questions/${id}`, { version: 1, title })),
    );
    expect(tally(edits)).toEqual({ '200': 1, '409 STALE_VERSION': 1 });
    const stale = await as(ann).patch(`/questions/${id}`, { version: 1, title: 'c' });
    expect(stale).toMatchObject({ status: 409, error: 'STALE_VERSION' });
  });

  it('is for the asker alone, as long as he may write there', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben] });
    const { id } = await ask(ben, { groupId });
    const edit = (user: TestUser, more: object = {}) =>
      as(user).patch(`/questions/${id}`, { version: 1, title: 'x', ...more });
    for (const user of [ann, cat, moderator]) expect(await edit(user)).toMatchObject(forbidden);
    expect(await edit(ben, { categoryId: 99 })).toMatchObject({ error: 'QUESTION_CATEGORY_NOT_FOUND' });
    expect(await edit(ben, { imageIds: [NO_SUCH_ID] })).toMatchObject({ error: 'UPLOAD_NOT_FOUND' });
    await as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { mutedUntil: '2027-01-01T00:00:00.000Z' });
    expect(await edit(ben)).toMatchObject({ status: 403, error: 'MUTED' });
    await as(ben).delete(`/groups/${groupId}/members/me`);
    expect(await edit(ben)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    expect(await as(ben).patch(`/questions/${NO_SUCH_ID}`, { version: 1 })).toMatchObject(notFound);
  });
});

describe('taking away', () => {
  it('hides the question and its answers from everybody, until its asker restores it', async () => {
    const { id } = await ask(ann);
    const { id: answerId } = await answer(ben, id);
    expect(await as(ben).delete(`/questions/${id}`)).toMatchObject(forbidden);
    for (let again = 0; again < 2; again++)
      expect(await as(ann).delete(`/questions/${id}`)).toMatchObject({ status: 200, data: null });
    for (const user of [ann, ben, moderator]) {
      expect(await get(user, id)).toMatchObject(notFound);
      expect(await as(user).get(`/questions/${id}/answers`)).toMatchObject(notFound);
      expect(await as(user).get(`/answers/${answerId}/replies`)).toMatchObject({ error: 'ANSWER_NOT_FOUND' });
      expect(await idsOf(user, '/questions', 100)).not.toContain(id);
      expect(await idsOf(user, `/users/${ann.id}/questions`, 100)).not.toContain(id);
      expect(await idsOf(user, `/users/${ben.id}/answers`, 100)).not.toContain(answerId);
    }
    expect(await as(ben).delete(`/questions/${id}`)).toMatchObject(notFound);
    expect(await as(ben).post(`/questions/${id}/restore`)).toMatchObject(notFound);
    for (let again = 0; again < 2; again++)
      expect((await as(ann).post(`/questions/${id}/restore`)).data).toMatchObject({ id, answerCount: 1 });
    expect(await acts(id)).toEqual([]);
  });

  it('by a moderator is logged and undone by moderators only', async () => {
    const { id } = await ask(ann);
    const remove = `/questions/${id}?reason=${encodeURIComponent('广告')}`;
    for (let again = 0; again < 2; again++)
      expect(await as(moderator).delete(remove)).toMatchObject({ status: 200 });
    expect(await get(ann, id)).toMatchObject(notFound);
    expect(await as(ann).delete(`/questions/${id}`)).toMatchObject(notFound);
    const removed = { status: 403, error: 'REMOVED_BY_MODERATOR' };
    expect(await as(ann).post(`/questions/${id}/restore`)).toMatchObject(removed);
    expect(await as(ben).post(`/questions/${id}/restore`)).toMatchObject(notFound);
    expect(await as(moderator).post(`/questions/${id}/restore`)).toMatchObject({ status: 200 });
    expect(await acts(id)).toEqual([
      { action: 'question.remove', actorId: moderator.id },
      { action: 'question.restore', actorId: moderator.id },
    ]);
  });

  it('in a group is for its owner and admins; the muted and those who left do not restore', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben, cat] });
    const first = await ask(ben, { groupId });
    expect(await as(cat).delete(`/questions/${first.id}`)).toMatchObject(forbidden);
    expect(await as(ann).delete(`/questions/${first.id}`)).toMatchObject({ status: 200 });
    const second = await ask(ben, { groupId });
    await as(ben).delete(`/questions/${second.id}`);
    await as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { mutedUntil: '2027-01-01T00:00:00.000Z' });
    const restore = () => as(ben).post(`/questions/${second.id}/restore`);
    expect(await restore()).toMatchObject({ status: 403, error: 'MUTED' });
    await as(ben).delete(`/groups/${groupId}/members/me`);
    expect(await restore()).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
  });

  it('happens once, however often it is asked for at the same moment', async () => {
    const { id } = await ask(ann);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => as(i % 2 ? moderator : ann).delete(`/questions/${id}`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404]));
    expect((await acts(id)).length).toBeLessThanOrEqual(1);
  });
});

describe('closing', () => {
  const close = (user: TestUser, id: number, reason = '已经解决') =>
    as(user).put(`/questions/${id}/closed`, { reason });
  const reopen = (user: TestUser, id: number) => as(user).delete(`/questions/${id}/closed?reason=x`);

  it('is for the asker, says why, and is undone', async () => {
    const { id } = await ask(ann);
    for (const refused of [await close(ben, id), await reopen(ben, id)])
      expect(refused).toMatchObject(forbidden);
    expect((await close(ann, id)).data).toMatchObject({
      closed: true,
      closedAt: START,
      closeReason: '已经解决',
      closedByModerator: false,
    });
    t.clock.advance(60_000);
    expect((await close(ann, id, 'x')).data).toMatchObject({ closedAt: START, closeReason: 'x' });
    t.clock.set(START);
    const refused = await as(ben).post(`/questions/${id}/answers`, { body: 'x' });
    expect(refused).toMatchObject({ status: 409, error: 'QUESTION_CLOSED' });
    const open = { closed: false, closedAt: null, closeReason: null, closedByModerator: false };
    for (let again = 0; again < 2; again++) expect((await reopen(ann, id)).data).toMatchObject(open);
    await answer(ben, id);
    expect(await acts(id)).toEqual([]);
    for (const act of [close, reopen]) expect(await act(ann, NO_SUCH_ID)).toMatchObject(notFound);
  });

  it('by a moderator is logged, and the asker does not undo it', async () => {
    const { id } = await ask(ann);
    expect(await close(moderator, id)).toMatchObject({ status: 200, data: { closedByModerator: true } });
    for (const act of [close, reopen]) expect(await act(ann, id)).toMatchObject(forbidden);
    expect(await reopen(moderator, id)).toMatchObject({ status: 200 });
    expect(await close(ann, id)).toMatchObject({ status: 200 });
    expect(await acts(id)).toEqual([
      { action: 'question.close', actorId: moderator.id },
      { action: 'question.reopen', actorId: moderator.id },
    ]);
  });

  it('in a group is for its owner and for an asker who may write', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben] });
    const { id } = await ask(ben, { groupId });
    expect(await close(ann, id)).toMatchObject({ status: 200 });
    expect(await reopen(ann, id)).toMatchObject({ status: 200 });
    await as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { mutedUntil: '2027-01-01T00:00:00.000Z' });
    for (const act of [close, reopen]) expect(await act(ben, id)).toMatchObject({ error: 'MUTED' });
    await as(ben).delete(`/groups/${groupId}/members/me`);
    for (const act of [close, reopen]) expect(await act(ben, id)).toMatchObject({ error: 'NOT_MEMBER' });
  });
});

describe('listing', () => {
  it('pages newest first while others ask, by category, mine, and of a person', async () => {
    const [owner, other] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const ids: number[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await ask(owner, { categoryId: i % 2 ? 4 : 5 })).id);
    const url = `/users/${owner.id}/questions`;
    const items = await pagesOf(as(other), url, 2, () => ask(owner, { categoryId: 4 }));
    expect(items.map(({ id }) => id)).toEqual(ids);
    const mine = await idsOf(owner, '/questions?mine=true');
    expect(mine.slice(-5)).toEqual(ids);
    expect(await idsOf(owner, '/questions?mine=true&categoryId=5')).toEqual([ids[0], ids[2], ids[4]]);
    expect(await idsOf(other, '/questions?mine=true')).toEqual([]);
    expect(await idsOf(other, '/questions?categoryId=5')).toEqual([ids[0], ids[2], ids[4]]);
    expect(items[0]).not.toHaveProperty('body');
  });

  it('puts what is answered, followed and voted for first when sorted by heat', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben, cat] });
    const [first, second, third] = [
      await ask(ann, { groupId }),
      await ask(ann, { groupId }),
      await ask(ann, { groupId }),
    ];
    await answer(ben, first.id);
    await as(ben).put(`/questions/${second.id}/vote`, { value: 1 });
    const hot = `/questions?groupId=${groupId}&sort=hot`;
    expect(await idsOf(ann, hot, 1)).toEqual([first.id, second.id, third.id]);
    await as(cat).put(`/questions/${second.id}/vote`, { value: 1 });
    await as(cat).put(`/questions/${second.id}/follow`);
    await as(cat).put(`/questions/${third.id}/vote`, { value: -1 });
    expect(await idsOf(ann, hot, 1)).toEqual([second.id, first.id, third.id]);
    const { data } = await as(ann).get(`${hot}&limit=1`);
    const other = await as(ann).get(`/questions?groupId=${groupId}&cursor=${data.nextCursor}`);
    expect(other).toMatchObject({ status: 400, error: 'BAD_PARAMETER' });
  });

  it('knows which open questions have no answer that can be seen', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben] });
    const [answered, closed, open, taken] = [
      await ask(ann, { groupId }),
      await ask(ann, { groupId }),
      await ask(ann, { groupId }),
      await ask(ann, { groupId }),
    ];
    await answer(ben, answered.id);
    await as(ann).put(`/questions/${closed.id}/closed`, { reason: 'x' });
    const { id } = await answer(ben, taken.id);
    await as(ben).delete(`/answers/${id}`);
    expect(await idsOf(ann, `/questions?groupId=${groupId}&sort=unanswered`, 1)).toEqual([taken.id, open.id]);
  });

  it('never shows a private group’s questions to others', async () => {
    const { id: groupId } = await privateGroup();
    const { id } = await ask(ben, { groupId });
    const { id: answerId } = await answer(ann, id);
    const lists = [
      '/questions',
      '/questions?sort=hot',
      '/questions?sort=unanswered',
      `/users/${ben.id}/questions`,
    ];
    for (const url of lists.filter((one) => !one.endsWith('unanswered'))) {
      expect(await idsOf(ann, url, 100)).toContain(id);
      expect(await idsOf(moderator, url, 100)).toContain(id);
    }
    for (const url of lists) expect(await idsOf(cat, url, 100)).not.toContain(id);
    expect(await idsOf(ben, `/users/${ann.id}/answers`, 100)).toContain(answerId);
    expect(await idsOf(cat, `/users/${ann.id}/answers`, 100)).not.toContain(answerId);
    expect(await as(cat).get(`/questions?groupId=${groupId}`)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    for (const route of ['', '/answers'])
      expect(await as(cat).get(`/questions/${id}${route}`)).toMatchObject(notFound);
    for (const [method, route, body] of [
      ['PATCH', '', { version: 1 }],
      ['DELETE', ''],
      ['POST', '/restore', {}],
      ['PUT', '/closed', { reason: 'x' }],
      ['DELETE', '/closed'],
      ['POST', '/answers', { body: 'x' }],
      ['PUT', '/accepted', { answerId }],
      ['DELETE', '/accepted'],
      ['PUT', '/vote', { value: 1 }],
      ['PUT', '/follow', {}],
      ['DELETE', '/follow'],
    ] as const)
      expect(await as(cat).send(method, `/questions/${id}${route}`, body), route).toMatchObject(notFound);
    await as(ben).delete(`/groups/${groupId}/members/me`);
    expect(await get(ben, id)).toMatchObject(notFound);
    expect(await idsOf(ben, '/questions?mine=true', 100)).not.toContain(id);
    await as(ann).delete(`/groups/${groupId}`);
    for (const user of [ann, moderator]) expect(await get(user, id)).toMatchObject(notFound);
  });

  it('knows no list of a person who is not there', async () => {
    for (const what of ['questions', 'answers'])
      expect(await as(ann).get(`/users/${NO_SUCH_ID}/${what}`)).toMatchObject({ error: 'USER_NOT_FOUND' });
  });
});

describe('pictures', () => {
  const upload = async (user: TestUser) => {
    const part = { filename: 'a.png', content: await picture('png') };
    return expectStatus(201, await as(user).upload('/uploads', part)).data as { id: number; url: string };
  };
  const textOf = ({ url }: { url: string }) => `![x](${url.split('?')[0]})`;

  it('belong to the question or answer, in their order, and are exchanged by an edit', async () => {
    const [first, second, others] = [await upload(ann), await upload(ann), await upload(ben)];
    const question = await ask(ann, { body: textOf(first), imageIds: [second.id, first.id] });
    expect(question.images.map(({ id }: { id: number }) => id)).toEqual([second.id, first.id]);
    expect(question.html).toContain('<img');
    const edit = (version: number, more: object) =>
      as(ann).patch(`/questions/${question.id}`, { version, ...more });
    for (const id of [others.id, NO_SUCH_ID])
      expect(await edit(1, { imageIds: [id] })).toMatchObject({ error: 'UPLOAD_NOT_FOUND' });
    const edited = await edit(1, { title: 'y' });
    expect(edited.data.images).toHaveLength(2);
    const fewer = await edit(2, { imageIds: [second.id] });
    expect(fewer.data).toMatchObject({
      images: [{ id: second.id }],
      html: expect.not.stringContaining('<img'),
    });
    expect((await edit(3, { imageIds: [] })).data).toMatchObject({ images: [] });
    const more = { body: textOf(others), imageIds: [others.id] };
    const { data } = await as(ben).post(`/questions/${question.id}/answers`, more);
    expect(data).toMatchObject({ images: [{ id: others.id }], html: expect.stringContaining('<img') });
    const without = await as(ben).patch(`/answers/${data.id}`, { version: 1, imageIds: [] });
    expect(without.data).toMatchObject({ images: [], html: expect.not.stringContaining('<img') });
  });

  it('of a private group have addresses for the viewer alone', async () => {
    const { id: groupId } = await privateGroup();
    const image = await upload(ben);
    const question = await ask(ben, { groupId, body: textOf(image), imageIds: [image.id] });
    const seen = (await get(ann, question.id)).data;
    expect(seen.images[0].url).toContain(`user=${ann.id}&`);
    expect(seen.html).toContain(`user=${ann.id}&`);
    expect((await t.app.inject({ url: seen.images[0].url })).statusCode).toBe(200);
    expect((await t.app.inject({ url: image.url.split('?')[0]! })).statusCode).toBe(404);
    const [listed] = (await as(ann).get(`/questions?groupId=${groupId}`)).data.items;
    expect(listed.images[0].thumbnailUrl).toContain('signature=');
  });
});

describe('views', () => {
  it('count a person once an hour, and cost one write for all', async () => {
    const { id } = await ask(ann);
    const views = t.app.get(QuestionViews, { strict: false });
    const stored = () => numberOf(t, 'select view_count from questions where id = ?', id);
    for (const user of [ben, ben, ann, cat, ben]) await get(user, id);
    expect(await stored()).toBe(0);
    await views.flush();
    await views.flush();
    expect(await stored()).toBe(2);
    t.clock.advance(3_600_001);
    await get(ben, id);
    await views.flush();
    expect((await get(ann, id)).data.viewCount).toBe(3);
    t.clock.set(START);
  });
});
