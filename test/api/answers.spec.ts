import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { DomainEvents } from '../../src/common/events/domain-events.js';
import { Notice } from '../../src/common/events/notice.js';
import { createTestApp, START, type TestApp } from '../support/app.js';
import {
  expectRubbishRefused,
  expectSignInNeeded,
  NO_SUCH_ID,
  numberOf,
  pagesOf,
  tally,
} from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
let moderator: TestUser;
let notices: Notice[] = [];
beforeAll(async () => {
  t = await createTestApp();
  ann = await t.world.user({ nickname: 'Ann' });
  ben = await t.world.user({ nickname: 'Ben' });
  cat = await t.world.user({ nickname: 'Cat' });
  moderator = await t.world.user({ role: 'moderator' });
  t.app.get(DomainEvents).on(Notice, async (notice) => void notices.push(notice));
});
beforeEach(() => (notices = []));
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const ask = async (user: TestUser, question: object = {}): Promise<number> =>
  expectStatus(
    201,
    await as(user).post('/questions', { title: '要不要吃东西？', body: 'x', categoryId: 2, ...question }),
  ).data.id;
const post = (user: TestUser, questionId: number, body = '先吃**香蕉**。') =>
  as(user).post(`/questions/${questionId}/answers`, { body });
const answer = async (user: TestUser, questionId: number, body?: string): Promise<number> =>
  expectStatus(201, await post(user, questionId, body)).data.id;
const reply = (user: TestUser, answerId: number, body = '多久之前？', more: object = {}) =>
  as(user).post(`/answers/${answerId}/replies`, { body, ...more });
const replied = async (user: TestUser, answerId: number, body?: string, more?: object): Promise<number> =>
  expectStatus(201, await reply(user, answerId, body, more)).data.id;
const accept = (user: TestUser, questionId: number, answerId: number) =>
  as(user).put(`/questions/${questionId}/accepted`, { answerId });
const question = async (id: number, user = ann) => (await as(user).get(`/questions/${id}`)).data;
const answersOf = async (id: number, limit = 100) => pagesOf(as(ann), `/questions/${id}/answers`, limit);
const repliesOf = async (id: number) => pagesOf(as(ann), `/answers/${id}/replies`, 2);
const mute = (groupId: number, user: TestUser) =>
  as(ann).patch(`/groups/${groupId}/members/${user.id}`, { mutedUntil: '2027-01-01T00:00:00.000Z' });
const noQuestion = { status: 404, error: 'QUESTION_NOT_FOUND' };
const noAnswer = { status: 404, error: 'ANSWER_NOT_FOUND' };
const noReply = { status: 404, error: 'REPLY_NOT_FOUND' };
const forbidden = { status: 403, error: 'NO_PERMISSION' };
const exists = { status: 409, error: 'ANSWER_EXISTS' };
const acts = (type: string, id: number) =>
  t.app
    .get(Database)
    .rows('select action, actor_id as actorId from business_log where object_type = ? and object_id = ?', [
      type,
      id,
    ]);
/** Who was told what by the only notice, without those who are told nothing. */
const told = () => {
  expect(notices.length).toBeLessThanOrEqual(1);
  return notices.flatMap(({ receivers }) => receivers.filter(({ userIds }) => userIds.length > 0));
};

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'GET /questions/1/answers',
    'POST /questions/1/answers',
    'GET /answers/1',
    'PATCH /answers/1',
    'DELETE /answers/1',
    'PUT /questions/1/accepted',
    'DELETE /questions/1/accepted',
    'GET /users/1/answers',
    'GET /answers/1/replies',
    'POST /answers/1/replies',
    'PATCH /answer-replies/1',
    'DELETE /answer-replies/1',
  ]);
});

it('refuses rubbish and names the field', async () => {
  const id = await ask(ann);
  const answerId = await answer(ben, id);
  const replyId = await replied(ann, answerId);
  await expectRubbishRefused(as(ann), [
    ['GET /questions/x/answers', 'questionId'],
    [`GET /questions/${id}/answers?cursor=WyJhIl0`, 'cursor'],
    [`GET /questions/${id}/answers?limit=101`, 'limit'],
    [`POST /questions/${id}/answers`, 'body', { body: '' }],
    [`POST /questions/${id}/answers`, 'body', { body: 'x'.repeat(20_001) }],
    [`POST /questions/${id}/answers`, 'accepted', { body: 'x', accepted: true }],
    [`POST /questions/${id}/answers`, 'imageIds', { body: 'x', imageIds: ['1'] }],
    [`PATCH /answers/${answerId}`, 'version', { body: 'x' }],
    ['GET /answers/1e3', 'answerId'],
    ['PATCH /answers/1e3', 'answerId', { version: 1 }],
    [`DELETE /answers/${answerId}?reason=`, 'reason'],
    [`PUT /questions/${id}/accepted`, 'answerId', { answerId: null }],
    ['GET /users/x/answers', 'id'],
    [`GET /users/${ben.id}/answers?cursor=WyJhIl0`, 'cursor'],
    [`GET /answers/${answerId}/replies?cursor=WyJhIl0`, 'cursor'],
    [`POST /answers/${answerId}/replies`, 'body', { body: 'x'.repeat(1_001) }],
    [`POST /answers/${answerId}/replies`, 'replyToUserId', { body: 'x', replyToUserId: 0 }],
    [`PATCH /answer-replies/${replyId}`, 'body', {}],
    [`PATCH /answer-replies/${replyId}`, 'replyToUserId', { body: 'x', replyToUserId: 1 }],
    [`DELETE /answer-replies/${replyId}?reason=`, 'reason'],
  ]);
});

describe('answering', () => {
  it('answers once; the asker may, too', async () => {
    const id = await ask(ann);
    const { data } = await post(ben, id);
    expect(data).toMatchObject({
      questionId: id,
      author: { id: ben.id },
      body: '先吃**香蕉**。',
      html: expect.stringContaining('<strong>香蕉</strong>'),
      images: [],
      voteScore: 0,
      myVote: 0,
      accepted: false,
      replyCount: 0,
      version: 1,
      createdAt: START,
      editedAt: null,
    });
    expect(await post(ben, id)).toMatchObject(exists);
    await answer(ann, id);
    expect(await question(id, ben)).toMatchObject({ answerCount: 2, myAnswerId: data.id });
    expect(await post(ben, NO_SUCH_ID)).toMatchObject(noQuestion);
    const withImage = await as(cat).post(`/questions/${id}/answers`, { body: 'x', imageIds: [NO_SUCH_ID] });
    expect(withImage).toMatchObject({ status: 400, error: 'UPLOAD_NOT_FOUND' });
    expect(await question(id)).toMatchObject({ answerCount: 2 });
  });

  it('keeps one of fifty answers that a person sends at the same moment', async () => {
    const id = await ask(ann);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(ben, id)));
    expect(tally(answers)).toEqual({ '201': 1, '409 ANSWER_EXISTS': 49 });
    expect(await question(id)).toMatchObject({ answerCount: 1 });
    expect(await answersOf(id)).toHaveLength(1);
  });

  it('counts the answers of many people at the same moment', async () => {
    const id = await ask(ann);
    const users = await t.world.usersOf(12);
    await Promise.all(users.map((user) => post(user, id)));
    expect(await question(id)).toMatchObject({ answerCount: 12 });
  });

  it('takes no answer once the question is closed, even at the same moment', async () => {
    const id = await ask(ann);
    const users = await t.world.usersOf(10);
    const [closed, ...answers] = await Promise.all([
      as(ann).put(`/questions/${id}/closed`, { reason: 'x' }),
      ...users.map((user) => post(user, id)),
    ]);
    expect(closed.status).toBe(200);
    const { answerCount } = await question(id);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(answerCount);
    expect(await post(cat, id)).toMatchObject({ status: 409, error: 'QUESTION_CLOSED' });
  });

  it('may be done again after the author has deleted his answer, not after a moderator has removed it', async () => {
    const id = await ask(ann);
    const first = await answer(ben, id);
    for (let again = 0; again < 2; again++)
      expect(await as(ben).delete(`/answers/${first}`)).toMatchObject({ status: 200, data: null });
    expect(await question(id, ben)).toMatchObject({ answerCount: 0, myAnswerId: null });
    const second = await answer(ben, id);
    expect(await as(cat).delete(`/answers/${second}`)).toMatchObject(forbidden);
    for (let again = 0; again < 2; again++)
      expect(await as(moderator).delete(`/answers/${second}?reason=spam`)).toMatchObject({ status: 200 });
    expect(await post(ben, id)).toMatchObject(exists);
    expect(await as(ben).delete(`/answers/${second}`)).toMatchObject(noAnswer);
    expect(await as(ben).patch(`/answers/${second}`, { version: 1, body: 'x' })).toMatchObject(noAnswer);
    expect(await question(id, ben)).toMatchObject({ answerCount: 0, myAnswerId: null });
    expect(await acts('answer', second)).toEqual([{ action: 'answer.remove', actorId: moderator.id }]);
    expect(await acts('answer', first)).toEqual([]);
  });

  it('counts a deletion once, however often it is asked for at the same moment', async () => {
    const id = await ask(ann);
    const answerId = await answer(ben, id);
    await answer(cat, id);
    const deletions = await Promise.all(
      Array.from({ length: 8 }, () => as(ben).delete(`/answers/${answerId}`)),
    );
    expect(tally(deletions)).toEqual({ '200': 8 });
    expect(await question(id)).toMatchObject({ answerCount: 1 });
  });

  it('in a group is for members who are not muted', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben] });
    const id = await ask(ann, { groupId });
    expect(await post(cat, id)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    const answerId = await answer(ben, id);
    await mute(groupId, ben);
    const edit = () => as(ben).patch(`/answers/${answerId}`, { version: 1, body: 'x' });
    expect(await edit()).toMatchObject({ status: 403, error: 'MUTED' });
    expect(await reply(ben, answerId)).toMatchObject({ status: 403, error: 'MUTED' });
    expect(await post(ben, id)).toMatchObject({ status: 403, error: 'MUTED' });
    await as(ben).delete(`/groups/${groupId}/members/me`);
    expect(await edit()).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    expect(await as(ann).delete(`/answers/${answerId}`)).toMatchObject({ status: 200 });
  });
});

describe('editing', () => {
  it('changes the answer, by its author, who has read its latest version', async () => {
    const answerId = await answer(ben, await ask(ann));
    const edit = (user: TestUser, more: object) => as(user).patch(`/answers/${answerId}`, more);
    t.clock.advance(60_000);
    const editedAt = t.clock.now().toISOString();
    expect((await edit(ben, { version: 1, body: '*x*' })).data).toMatchObject({
      body: '*x*',
      html: expect.stringContaining('<em>x</em>'),
      version: 2,
      editedAt,
    });
    t.clock.set(START);
    expect(await edit(ben, { version: 1, body: 'y' })).toMatchObject({ status: 409, error: 'STALE_VERSION' });
    for (const user of [ann, moderator])
      expect(await edit(user, { version: 2, body: 'y' })).toMatchObject(forbidden);
    expect(await edit(ben, { version: 2, imageIds: [NO_SUCH_ID] })).toMatchObject({
      error: 'UPLOAD_NOT_FOUND',
    });
    expect(await as(ben).patch(`/answers/${NO_SUCH_ID}`, { version: 1 })).toMatchObject(noAnswer);
    expect(await as(ben).delete(`/answers/${NO_SUCH_ID}`)).toMatchObject(noAnswer);
  });
});

describe('the order of answers', () => {
  it('is the accepted one, then votes, then time, over all pages', async () => {
    const id = await ask(ann);
    const users = await t.world.usersOf(6);
    const ids: number[] = [];
    for (const user of users) ids.push(await answer(user, id));
    const vote = (index: number, value: number, by: TestUser) =>
      as(by).put(`/answers/${ids[index]}/vote`, { value });
    await vote(0, -1, ben);
    await vote(2, 1, ben);
    await vote(3, 1, ben);
    await vote(3, 1, cat);
    await accept(ann, id, ids[4]!);
    const wanted = [4, 3, 2, 1, 5, 0].map((index) => ids[index]);
    for (const limit of [1, 2, 3, 100])
      expect((await answersOf(id, limit)).map((one) => one.id)).toEqual(wanted);
    expect(await answersOf(id, 1)).toMatchObject([
      { accepted: true },
      { voteScore: 2 },
      {},
      {},
      {},
      { voteScore: -1 },
    ]);
    expect(await as(ann).get(`/questions/${NO_SUCH_ID}/answers`)).toMatchObject(noQuestion);
  });

  it('is the latest first where a person’s answers are listed, with their questions', async () => {
    const [user] = (await t.world.usersOf(1)) as [TestUser];
    const ids: number[] = [];
    for (let i = 0; i < 5; i++) ids.unshift(await answer(user, await ask(ann, { title: `Q${i}` })));
    const items = await pagesOf(as(ben), `/users/${user.id}/answers`, 2);
    expect(items.map((item) => item.id)).toEqual(ids);
    expect(items[0]).toMatchObject({ questionTitle: 'Q4', author: { id: user.id } });
  });

  it('does not matter to one that is asked for by its id, as long as it can be seen', async () => {
    const id = await ask(ann, { title: 'Why?' });
    const answerId = await answer(ben, id);
    const one = () => as(cat).get(`/answers/${answerId}`);
    const [listed] = await answersOf(id, 1);
    expect((await one()).data).toEqual({ ...listed, questionTitle: 'Why?' });
    expectStatus(200, await as(ben).delete(`/answers/${answerId}`));
    expect(await one()).toMatchObject({ status: 404, error: 'ANSWER_NOT_FOUND' });
  });
});

describe('accepting', () => {
  it('is for the asker, can be changed and withdrawn', async () => {
    const id = await ask(ann);
    const [first, second] = [await answer(ben, id), await answer(cat, id)];
    for (const user of [ben, moderator]) {
      expect(await accept(user, id, first)).toMatchObject(forbidden);
      expect(await as(user).delete(`/questions/${id}/accepted`)).toMatchObject(forbidden);
    }
    for (const one of [first, second, second]) {
      expect((await accept(ann, id, one)).data).toEqual({ acceptedAnswerId: one });
      expect(await question(id)).toMatchObject({ acceptedAnswerId: one, hasAcceptedAnswer: true });
      expect((await answersOf(id)).filter((each) => each.accepted)).toMatchObject([{ id: one }]);
    }
    for (let again = 0; again < 2; again++)
      expect((await as(ann).delete(`/questions/${id}/accepted`)).data).toEqual({ acceptedAnswerId: null });
    expect((await answersOf(id)).filter((each) => each.accepted)).toEqual([]);
    expect(await question(id)).toMatchObject({ acceptedAnswerId: null, hasAcceptedAnswer: false });
  });

  it('takes visible answers to this question only, and leaves the one before when it fails', async () => {
    const [id, other] = [await ask(ann), await ask(ann)];
    const [mine, others, gone] = [await answer(ben, id), await answer(ben, other), await answer(cat, id)];
    await as(cat).delete(`/answers/${gone}`);
    await accept(ann, id, mine);
    for (const one of [others, gone, NO_SUCH_ID]) expect(await accept(ann, id, one)).toMatchObject(noAnswer);
    expect(await question(id)).toMatchObject({ acceptedAnswerId: mine });
    expect((await answersOf(id)).filter((each) => each.accepted)).toMatchObject([{ id: mine }]);
    expect(await accept(ann, NO_SUCH_ID, mine)).toMatchObject(noQuestion);
    expect(await as(ann).delete(`/questions/${NO_SUCH_ID}/accepted`)).toMatchObject(noQuestion);
  });

  it('is cleared when the answer is deleted or removed', async () => {
    const id = await ask(ann);
    for (const by of [ben, moderator]) {
      const answerId = await answer(ben, id);
      await accept(ann, id, answerId);
      await as(by).delete(`/answers/${answerId}`);
      expect(await question(id)).toMatchObject({ acceptedAnswerId: null });
      expect(await numberOf(t, 'select accepted from answers where id = ?', answerId)).toBe(0);
    }
  });

  it('leaves one accepted after twenty parallel clicks on different answers, some of which are deleted', async () => {
    const id = await ask(ann);
    const users = await t.world.usersOf(20);
    const ids: number[] = [];
    for (const user of users) ids.push(await answer(user, id));
    const answers = await Promise.all(ids.map((one) => accept(ann, id, one)));
    expect(tally(answers)).toEqual({ '200': 20 });
    const flagged = async () => (await answersOf(id)).filter((each) => each.accepted).map((each) => each.id);
    expect(await flagged()).toEqual([(await question(id)).acceptedAnswerId]);
    await Promise.all(
      ids.map((one, i) => (i % 2 ? accept(ann, id, one) : as(users[i]!).delete(`/answers/${one}`))),
    );
    const { acceptedAnswerId, answerCount } = await question(id);
    expect(answerCount).toBe(10);
    expect(await flagged()).toEqual([acceptedAnswerId]);
  });
});

describe('replies', () => {
  it('stand below the answer in the order of their coming, also where the question is closed', async () => {
    const id = await ask(ann);
    const answerId = await answer(ben, id);
    await as(ann).put(`/questions/${id}/closed`, { reason: 'x' });
    const ids: number[] = [];
    for (const user of [cat, ann, cat, ben, ann]) ids.push(await replied(user, answerId));
    const items = await repliesOf(answerId);
    expect(items.map((item) => item.id)).toEqual(ids);
    expect(items[0]).toMatchObject({ answerId, author: { id: cat.id }, replyTo: null, editedAt: null });
    expect((await answersOf(id))[0]).toMatchObject({ replyCount: 5 });
    const { data } = await reply(ann, answerId, '*谢谢*', { replyToUserId: cat.id });
    expect(data).toMatchObject({
      replyTo: { id: cat.id, nickname: 'Cat' },
      html: expect.stringContaining('<em>'),
    });
    for (const replyToUserId of [moderator.id, NO_SUCH_ID])
      expect((await reply(ann, answerId, 'x', { replyToUserId })).fields).toHaveProperty('replyToUserId');
    expect((await answersOf(id))[0]).toMatchObject({ replyCount: 6 });
  });

  it('are edited by their author and taken away by him or a moderator', async () => {
    const id = await ask(ann);
    const answerId = await answer(ben, id);
    const [first, second] = [await replied(cat, answerId), await replied(cat, answerId)];
    const edit = (user: TestUser, one: number) => as(user).patch(`/answer-replies/${one}`, { body: '**y**' });
    const remove = (user: TestUser, one: number) => as(user).delete(`/answer-replies/${one}`);
    expect((await edit(cat, first)).data).toMatchObject({ body: '**y**', editedAt: START });
    for (const act of [edit, remove]) {
      expect(await act(ben, first)).toMatchObject(forbidden);
      expect(await act(cat, NO_SUCH_ID)).toMatchObject(noReply);
    }
    for (let again = 0; again < 2; again++) {
      expect(await remove(cat, first)).toMatchObject({ status: 200, data: null });
      expect(await remove(moderator, second)).toMatchObject({ status: 200, data: null });
    }
    for (const act of [edit, remove]) expect(await act(cat, second)).toMatchObject(noReply);
    expect(await repliesOf(answerId)).toEqual([]);
    expect((await answersOf(id))[0]).toMatchObject({ replyCount: 0 });
    expect(await acts('answerReply', second)).toEqual([
      { action: 'answerReply.remove', actorId: moderator.id },
    ]);
    expect(await acts('answerReply', first)).toEqual([]);
  });

  it('are counted exactly when they come and go at the same moment', async () => {
    const id = await ask(ann);
    const answerId = await answer(ben, id);
    const ids = await Promise.all(Array.from({ length: 10 }, () => replied(cat, answerId)));
    await Promise.all([
      ...ids.flatMap((one) => [
        as(cat).delete(`/answer-replies/${one}`),
        as(cat).delete(`/answer-replies/${one}`),
      ]),
      ...Array.from({ length: 3 }, () => replied(ann, answerId)),
    ]);
    expect((await answersOf(id))[0]).toMatchObject({ replyCount: 3 });
    expect(await repliesOf(answerId)).toHaveLength(3);
  });

  it('go with their answer, and are hidden in groups one may not see', async () => {
    const { id: groupId } = await t.world.group(ann, { visibility: 'private', members: [ben] });
    const id = await ask(ann, { groupId });
    const answerId = await answer(ben, id);
    const replyId = await replied(ann, answerId);
    for (const route of [`GET /answers/${answerId}/replies`, `POST /answers/${answerId}/replies`] as const) {
      const [method, url] = route.split(' ') as ['GET' | 'POST', string];
      const body = method === 'POST' ? { body: 'x' } : undefined;
      expect(await as(cat).send(method, url, body)).toMatchObject(noAnswer);
    }
    expect(await as(cat).patch(`/answers/${answerId}`, { version: 1 })).toMatchObject(noAnswer);
    expect(await as(cat).delete(`/answers/${answerId}`)).toMatchObject(noAnswer);
    expect(await as(cat).delete(`/answer-replies/${replyId}`)).toMatchObject(noReply);
    expect(await as(cat).patch(`/answer-replies/${replyId}`, { body: 'x' })).toMatchObject(noReply);
    await as(ben).delete(`/answers/${answerId}`);
    expect(await as(ann).get(`/answers/${answerId}/replies`)).toMatchObject(noAnswer);
    expect(await as(ann).delete(`/answer-replies/${replyId}`)).toMatchObject(noReply);
  });

  it('in a group are for members who are not muted', async () => {
    const { id: groupId } = await t.world.group(ann, { members: [ben] });
    const answerId = await answer(ben, await ask(ann, { groupId }));
    const replyId = await replied(ben, answerId);
    const edit = () => as(ben).patch(`/answer-replies/${replyId}`, { body: 'x' });
    expect(await reply(cat, answerId)).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    await mute(groupId, ben);
    expect(await edit()).toMatchObject({ status: 403, error: 'MUTED' });
    await as(ben).delete(`/groups/${groupId}/members/me`);
    expect(await edit()).toMatchObject({ status: 403, error: 'NOT_MEMBER' });
    expect(await as(ann).delete(`/answer-replies/${replyId}`)).toMatchObject({ status: 200 });
  });
});

describe('notices', () => {
  it('tell the named of a question, and after an edit only those newly named', async () => {
    const id = await ask(ann, { body: 'Hi @Ben' });
    expect(told()).toEqual([{ type: 'mention', userIds: [ben.id] }]);
    expect(notices[0]).toMatchObject({
      actorId: ann.id,
      target: { type: 'question', id },
      place: { type: 'question', id },
      groupId: null,
      title: '要不要吃东西？',
      excerpt: 'Hi @Ben',
    });
    notices = [];
    await as(ann).patch(`/questions/${id}`, { version: 1, body: 'Hi @Ben and @Cat' });
    expect(told()).toEqual([{ type: 'mention', userIds: [cat.id] }]);
    expect((await question(id)).html).toContain(`href="/users/${cat.id}"`);
  });

  it('tell the asker and the followers of an answer', async () => {
    const id = await ask(ann);
    await as(cat).put(`/questions/${id}/follow`);
    const answerId = await answer(ben, id);
    expect(told()).toEqual([{ type: 'answer', userIds: [ann.id, cat.id] }]);
    expect(notices[0]).toMatchObject({
      actorId: ben.id,
      target: { type: 'answer', id: answerId },
      place: { type: 'question', id },
      excerpt: '先吃香蕉。',
    });
  });

  it('tell the answerer and who is replied to of a reply', async () => {
    const id = await ask(ann);
    const answerId = await answer(ben, id);
    await replied(cat, answerId);
    notices = [];
    const replyId = await replied(ann, answerId, '谢谢 @Ben', { replyToUserId: cat.id });
    expect(told()).toEqual([
      { type: 'reply', userIds: [cat.id] },
      { type: 'mention', userIds: [ben.id] },
      { type: 'answerReply', userIds: [ben.id] },
    ]);
    expect(notices[0]).toMatchObject({
      target: { type: 'answerReply', id: replyId },
      place: { type: 'question', id },
      answerId,
    });
  });

  it('tell an answerer once that he has been accepted', async () => {
    const id = await ask(ann);
    const answerId = await answer(ben, id);
    notices = [];
    await accept(ann, id, answerId);
    await accept(ann, id, answerId);
    expect(told()).toEqual([{ type: 'accepted', userIds: [ben.id] }]);
    expect(notices[0]).toMatchObject({ target: { type: 'answer', id: answerId }, actorId: ann.id });
  });

  it('never name those who may not read the group', async () => {
    const { id: groupId } = await t.world.group(ann, { visibility: 'private', members: [ben] });
    notices = [];
    const id = await ask(ann, { groupId, body: '@Ben @Cat' });
    expect(told()).toEqual([{ type: 'mention', userIds: [ben.id] }]);
    expect(notices[0]).toMatchObject({ groupId });
    expect((await question(id)).html).not.toContain(`/users/${cat.id}`);
  });

  it('are no messages about what hangs on a thing that was taken away', async () => {
    const [asker, answerer] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const id = await ask(asker);
    const answerId = await answer(answerer, id);
    await replied(asker, answerId);
    await replied(answerer, answerId, 'x', { replyToUserId: asker.id });
    const typesOf = async (user: TestUser) =>
      (await pagesOf(as(user), '/messages', 100)).map((message) => message.type);
    expect(await typesOf(asker)).toEqual(['reply', 'answer']);
    expect(await typesOf(answerer)).toEqual(['answerReply']);
    await as(moderator).delete(`/answers/${answerId}`);
    for (const user of [asker, answerer]) expect(await typesOf(user)).toEqual([]);
  });
});
