import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainEvents } from '../../src/common/events/domain-events.js';
import { LikeWithdrawn, Notice } from '../../src/common/events/notice.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  expectRubbishRefused,
  expectSignInNeeded,
  NO_SUCH_ID,
  numberOf,
  tally,
} from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
let question: number;
let answer: number;
let events: object[] = [];
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
  const note = async (event: object) => void events.push(event);
  t.app.get(DomainEvents).on(Notice, note);
  t.app.get(DomainEvents).on(LikeWithdrawn, note);
});
beforeEach(async () => {
  ({ question, answer } = await asked());
  events = [];
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);

/** A question of Ann's that Ben has answered. */
async function asked(more: object = {}): Promise<{ question: number; answer: number }> {
  const body = { title: 'x', body: 'x', categoryId: 1, ...more };
  const { id } = expectStatus(201, await as(ann).post('/questions', body)).data;
  const answered = expectStatus(201, await as(ben).post(`/questions/${id}/answers`, { body: 'x' }));
  return { question: id, answer: answered.data.id };
}

const vote = (user: TestUser, url: string, value: unknown) => as(user).put(`${url}/vote`, { value });
const sumOf = (type: string, id: number) =>
  numberOf(t, 'select coalesce(sum(value), 0) from votes where target_type = ? and target_id = ?', type, id);

it('needs a token for every route', async () => {
  await expectSignInNeeded(t.api, [
    'PUT /questions/1/vote',
    'PUT /answers/1/vote',
    'PUT /questions/1/follow',
    'DELETE /questions/1/follow',
  ]);
});

it('refuses rubbish and names the field', async () => {
  await expectRubbishRefused(as(cat), [
    ...[2, -2, 0.5, '1', null, true, undefined].flatMap((value) => [
      [`PUT /questions/${question}/vote`, 'value', { value }] as const,
      [`PUT /answers/${answer}/vote`, 'value', { value }] as const,
    ]),
    ['PUT /questions/x/vote', 'questionId', { value: 1 }],
    ['PUT /answers/x/vote', 'answerId', { value: 1 }],
    ['PUT /questions/x/follow', 'questionId'],
    ['DELETE /questions/x/follow', 'questionId'],
  ]);
});

describe.each(['question', 'answer'] as const)('a vote on a %s', (type) => {
  const urlOf = () => (type === 'question' ? `/questions/${question}` : `/answers/${answer}`);
  const scoreOf = async (user: TestUser) =>
    type === 'question'
      ? (await as(user).get(`/questions/${question}`)).data
      : (await as(user).get(`/questions/${question}/answers`)).data.items[0];

  it('is absolute: it stands however often it is sent, and is turned and taken back', async () => {
    for (const [value, voteScore] of [
      [1, 1],
      [1, 1],
      [-1, -1],
      [-1, -1],
      [0, 0],
      [0, 0],
      [-1, -1],
      [1, 1],
    ]) {
      expect((await vote(cat, urlOf(), value)).data).toEqual({ value, voteScore });
      expect(await scoreOf(cat)).toMatchObject({ voteScore, myVote: value });
    }
    expect(await scoreOf(ann)).toMatchObject({ voteScore: 1, myVote: 0 });
  });

  it('is never one’s own, nor on what is not there', async () => {
    const author = type === 'question' ? ann : ben;
    for (const value of [1, 0, -1])
      expect(await vote(author, urlOf(), value)).toMatchObject({ status: 403, error: 'OWN_VOTE' });
    const error = type === 'question' ? 'QUESTION_NOT_FOUND' : 'ANSWER_NOT_FOUND';
    expect(await vote(cat, `/${type}s/${NO_SUCH_ID}`, 1)).toMatchObject({ status: 404, error });
    await as(author).delete(urlOf());
    expect(await vote(cat, urlOf(), 1)).toMatchObject({ status: 404, error });
    const { id: groupId } = await t.world.group(ann, { visibility: 'private', members: [ben] });
    ({ question, answer } = await asked({ groupId }));
    expect(await vote(cat, urlOf(), 1)).toMatchObject({ status: 404, error });
  });

  it('adds up exactly when twenty people send a hundred at the same moment', async () => {
    const users = await t.world.usersOf(20);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        vote(users[i % 20]!, urlOf(), [1, -1, 0, 1, 1][(i * 7 + (i % 3)) % 5]),
      ),
    );
    expect(tally(answers)).toEqual({ '200': 100 });
    const { voteScore } = await scoreOf(cat);
    expect(voteScore).toBe(await sumOf(type, type === 'question' ? question : answer));
    const rows = 'select count(*) from votes where target_type = ? and target_id = ?';
    const targetId = type === 'question' ? question : answer;
    expect(await numberOf(t, rows, type, targetId)).toBeLessThanOrEqual(20);
  });

  it('counts once when one person sends it many times at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, () => vote(cat, urlOf(), 1)));
    expect(await scoreOf(cat)).toMatchObject({ voteScore: 1, myVote: 1 });
  });

  it('in favour is told like a like, and withdrawn when it is turned or taken back', async () => {
    const target = { type, id: type === 'question' ? question : answer };
    const receiver = type === 'question' ? ann : ben;
    for (const value of [1, 1, -1, 1, 0, -1, 0]) await vote(cat, urlOf(), value);
    const like = { actorId: cat.id, target, receivers: [{ type: 'like', userIds: [receiver.id] }] };
    const withdrawn = { actorId: cat.id, target };
    expect(events).toMatchObject([like, withdrawn, like, withdrawn]);
    expect(events.map((event) => event.constructor)).toEqual([Notice, LikeWithdrawn, Notice, LikeWithdrawn]);
  });
});

describe('following', () => {
  const follow = (user: TestUser) => as(user).put(`/questions/${question}/follow`);
  const unfollow = (user: TestUser) => as(user).delete(`/questions/${question}/follow`);

  it('stands however often it is sent, and can be left, also by the asker', async () => {
    for (let again = 0; again < 2; again++)
      expect((await follow(cat)).data).toEqual({ following: true, followerCount: 2 });
    for (let again = 0; again < 2; again++)
      expect((await unfollow(ann)).data).toEqual({ following: false, followerCount: 1 });
    const { data } = await as(cat).get(`/questions/${question}`);
    expect(data).toMatchObject({ following: true, followerCount: 1 });
  });

  it('is counted exactly at the same moment', async () => {
    const users = await t.world.usersOf(10);
    await Promise.all(users.flatMap((user) => [follow(user), follow(user), follow(user)]));
    const mixed = users.flatMap((user, i) => (i % 2 ? [unfollow(user), unfollow(user)] : [follow(user)]));
    expect(tally(await Promise.all(mixed))).toEqual({ '200': 15 });
    expect((await follow(ann)).data).toEqual({ following: true, followerCount: 6 });
    const rows = 'select count(*) from question_follows where question_id = ?';
    expect(await numberOf(t, rows, question)).toBe(6);
  });

  it('needs a question that is there and may be seen', async () => {
    const unknown = { status: 404, error: 'QUESTION_NOT_FOUND' };
    await as(ann).delete(`/questions/${question}`);
    for (const act of [follow, unfollow]) expect(await act(cat)).toMatchObject(unknown);
    question = NO_SUCH_ID;
    for (const act of [follow, unfollow]) expect(await act(cat)).toMatchObject(unknown);
  });
});
