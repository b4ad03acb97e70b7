import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import type { RecountOptions, RecountedTable } from '../../src/common/recount.js';
import { CommunityRecountService } from '../../src/modules/community/index.js';
import { GroupRecountService } from '../../src/modules/group/index.js';
import { QuestionRecountService } from '../../src/modules/question/index.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer, Api } from '../support/client.js';
import { databaseKind } from '../support/database.js';
import { Random, randomSeed } from '../support/random.js';
import { numberOf, pagesOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

const OPERATIONS = 10_000;
const AT_ONCE = 8;
const USERS = 30;
const DAYS = 4;

const WEIGHTS = {
  post: 5,
  editPost: 3,
  deletePost: 3,
  restorePost: 3,
  comment: 14,
  reply: 12,
  deleteComment: 6,
  likePost: 10,
  unlikePost: 5,
  likeComment: 6,
  unlikeComment: 3,
  likeCheckIn: 2,
  commentCheckIn: 2,
  flag: 1,
  ask: 3,
  deleteQuestion: 1,
  restoreQuestion: 1,
  close: 1,
  answer: 6,
  deleteAnswer: 3,
  accept: 4,
  withdrawAccept: 1,
  vote: 12,
  follow: 3,
  replyToAnswer: 4,
  deleteReply: 2,
  checkIn: 1,
  leave: 1,
  join: 2,
  readMessages: 2,
};
/** Refusals that chance brings about; anything else is a fault. */
const REFUSALS = new Set([
  'POST_NOT_FOUND',
  'COMMENT_NOT_FOUND',
  'QUESTION_NOT_FOUND',
  'ANSWER_NOT_FOUND',
  'REPLY_NOT_FOUND',
  'GROUP_NOT_FOUND',
  'CHECK_IN_NOT_FOUND',
  'NOT_MEMBER',
  'NO_PERMISSION',
  'POST_LOCKED',
  'OWN_LIKE',
  'OWN_VOTE',
  'STALE_VERSION',
  'ANSWER_EXISTS',
  'QUESTION_CLOSED',
  'REMOVED_BY_MODERATOR',
  'ALREADY_MEMBER',
  'OWNER_CANNOT_LEAVE',
  'INVITE_ONLY',
]);

/** Ids of what has been written, whether it is still there or not. */
class Heap {
  private readonly ids: number[] = [];
  add(id: number): void {
    this.ids.push(id);
  }
  /** Often one of the latest, so that people meet. */
  pick(random: Random): number {
    const recent = random.chance(60) ? Math.max(0, this.ids.length - 12) : 0;
    return this.ids[recent + random.below(this.ids.length - recent)] ?? 1;
  }
}

let t: TestApp;
let users: TestUser[];
const groups: { id: number; owner: TestUser; open: boolean }[] = [];
beforeAll(async () => {
  t = await createTestApp();
  users = await t.world.usersOf(USERS);
  const make = async (owner: TestUser, members: TestUser[], settings: object, open: boolean) => {
    const { id } = await t.world.group(owner, { members, ...settings });
    groups.push({ id, owner, open });
  };
  await make(users[0]!, users.slice(1, 26), { checkInPosts: true }, true);
  await make(users[1]!, users.slice(2, 12), {}, true);
  await make(users[2]!, users.slice(10, 24), { visibility: 'private' }, false);
  const admin = `/groups/${groups[0]!.id}/members/${users[1]!.id}`;
  expectStatus(200, await t.api.as(users[0]!).patch(admin, { role: 'admin' }));
}, 60_000);
afterAll(() => t.close());

it(`keeps every counter exact through ${OPERATIONS} random operations, ${AT_ONCE} at a time`, async () => {
  const seed = randomSeed();
  const failed = (what: string) => `${what} (repeat with TEST_SEED=${seed} on ${databaseKind})`;
  const random = new Random(seed);
  const heaps = {
    posts: new Heap(),
    comments: new Heap(),
    checkIns: new Heap(),
    questions: new Heap(),
    answers: new Heap(),
    replies: new Heap(),
  };
  const written = async (heap: Heap, sent: Promise<Answer>, idOf = (data: Answer['data']) => data.id) => {
    const answer = await sent;
    if (answer.status === 201) heap.add(idOf(answer.data));
    return answer;
  };
  const text = () =>
    random.pick([
      '加油',
      'well done, @user3',
      '**bold** words',
      'see https://example.com',
      '@user7 @user12 来看',
    ]);
  const from = (heap: Heap) => heap.pick(random);

  const operate = (api: Api): Promise<Answer> => {
    const group = random.pick(groups);
    const { posts, comments, checkIns, questions, answers, replies } = heaps;
    switch (random.weighted(WEIGHTS)) {
      case 'post':
        return written(posts, api.post(`/groups/${group.id}/posts`, { title: 'a title', body: text() }));
      case 'editPost':
        return api.patch(`/posts/${from(posts)}`, { version: 1 + random.below(3), body: text() });
      case 'deletePost':
        return api.delete(`/posts/${from(posts)}`);
      case 'restorePost':
        return api.post(`/posts/${from(posts)}/restore`);
      case 'comment':
        return written(comments, api.post(`/posts/${from(posts)}/comments`, { body: text() }));
      case 'reply':
        return written(comments, api.post(`/comments/${from(comments)}/replies`, { body: text() }));
      case 'deleteComment':
        return api.delete(`/comments/${from(comments)}`);
      case 'likePost':
        return api.put(`/posts/${from(posts)}/like`);
      case 'unlikePost':
        return api.delete(`/posts/${from(posts)}/like`);
      case 'likeComment':
        return api.put(`/comments/${from(comments)}/like`);
      case 'unlikeComment':
        return api.delete(`/comments/${from(comments)}/like`);
      case 'likeCheckIn':
        return api.put(`/check-ins/${from(checkIns)}/like`);
      case 'commentCheckIn':
        return written(comments, api.post(`/check-ins/${from(checkIns)}/comments`, { body: text() }));
      case 'flag':
        return api.send(
          random.chance(40) ? 'PUT' : 'DELETE',
          `/posts/${from(posts)}/flags/${random.pick(['pinned', 'excellent', 'locked'])}`,
        );
      case 'ask': {
        const groupId = random.chance(50) ? { groupId: group.id } : {};
        return written(
          questions,
          api.post('/questions', { title: 'why?', body: text(), categoryId: 1, ...groupId }),
        );
      }
      case 'deleteQuestion':
        return api.delete(`/questions/${from(questions)}`);
      case 'restoreQuestion':
        return api.post(`/questions/${from(questions)}/restore`);
      case 'close':
        return random.chance(30)
          ? api.put(`/questions/${from(questions)}/closed`, { reason: 'done' })
          : api.delete(`/questions/${from(questions)}/closed`);
      case 'answer':
        return written(answers, api.post(`/questions/${from(questions)}/answers`, { body: text() }));
      case 'deleteAnswer':
        return api.delete(`/answers/${from(answers)}`);
      case 'accept': {
        const [questionId, answerId] = [from(questions), from(answers)];
        return api.put(`/questions/${questionId}/accepted`, { answerId });
      }
      case 'withdrawAccept':
        return api.delete(`/questions/${from(questions)}/accepted`);
      case 'vote': {
        const target = random.chance(50) ? `/questions/${from(questions)}` : `/answers/${from(answers)}`;
        return api.put(`${target}/vote`, { value: random.pick([1, 1, 0, -1]) });
      }
      case 'follow':
        return api.send(random.chance(60) ? 'PUT' : 'DELETE', `/questions/${from(questions)}/follow`);
      case 'replyToAnswer':
        return written(replies, api.post(`/answers/${from(answers)}/replies`, { body: text() }));
      case 'deleteReply':
        return api.delete(`/answer-replies/${from(replies)}`);
      case 'checkIn': {
        const note = { note: '五公里' };
        return written(checkIns, api.post(`/groups/${group.id}/check-ins`, note), (data) => data.checkIn.id);
      }
      case 'leave':
        return api.delete(`/groups/${group.id}/members/me`);
      case 'join':
        return api.post(`/groups/${group.id}/members`);
      case 'readMessages':
        return random.chance(50) ? api.get('/messages?limit=5') : api.post('/messages/read');
    }
  };

  const outcomes = { done: 0, refused: 0, conflicts: 0 };
  const workUntil = async (end: number) => {
    while (outcomes.done + outcomes.refused + outcomes.conflicts < end) {
      const { status, error } = await operate(t.api.as(random.pick(users)));
      if (status < 400) outcomes.done++;
      else if (REFUSALS.has(error!)) outcomes.refused++;
      // Tried four times and in vain: a client would be told to try again.
      else if (error === 'CONFLICT_RETRY') outcomes.conflicts++;
      else throw new Error(failed(`an operation answered ${status} ${error}`));
    }
  };
  for (let day = 1; day <= DAYS; day++) {
    const end = (OPERATIONS / DAYS) * day;
    await Promise.all(Array.from({ length: AT_ONCE }, () => workUntil(end)));
    t.clock.advance(24 * 3_600_000);
  }
  expect(outcomes.done, failed('too little happened')).toBeGreaterThan(OPERATIONS / 3);
  expect(outcomes.conflicts, failed('too many conflicts')).toBeLessThan(OPERATIONS / 100);

  const drift: string[] = [];
  const recounts: { recount(options: RecountOptions): Promise<RecountedTable[]> }[] = [
    t.app.get(GroupRecountService, { strict: false }),
    t.app.get(CommunityRecountService, { strict: false }),
    t.app.get(QuestionRecountService, { strict: false }),
  ];
  for (const each of recounts) await each.recount({ onDrift: (what) => drift.push(what) });
  expect(drift, failed('drift')).toEqual([]);
  await expectNothingNegative(failed);
  await expectReadableMessages(failed);
}, 240_000);

const COUNTERS: Record<string, string[]> = {
  group_info: ['member_count', 'post_count'],
  posts: ['comment_count', 'like_count'],
  comments: ['reply_count', 'like_count'],
  check_ins: ['comment_count', 'like_count'],
  questions: ['answer_count', 'follower_count', 'view_count'],
  answers: ['reply_count'],
};

/** Counters, looked at without what the recounts share with the product. */
async function expectNothingNegative(failed: (what: string) => string): Promise<void> {
  for (const [table, columns] of Object.entries(COUNTERS))
    for (const column of columns)
      expect(
        await numberOf(t, `select coalesce(min(${column}), 0) from ${table}`),
        failed(column),
      ).toBeGreaterThanOrEqual(0);
  const likes = `select count(*) from posts p where p.like_count <>
    (select count(*) from likes l where l.target_type = 'post' and l.target_id = p.id)`;
  expect(await numberOf(t, likes), failed('likes of posts')).toBe(0);
  const scores = `select count(*) from answers a where a.vote_score <>
    (select coalesce(sum(v.value), 0) from votes v where v.target_type = 'answer' and v.target_id = a.id)`;
  expect(await numberOf(t, scores), failed('scores of answers')).toBe(0);
}

/** Every message leads to something that its receiver can open. */
async function expectReadableMessages(failed: (what: string) => string): Promise<void> {
  const db = t.app.get(Database);
  const own = 'select count(*) as n from messages where user_id = actor_id';
  expect(Number((await db.row<{ n: number }>(own))!.n), failed('messages to oneself')).toBe(0);
  const pathOf: Record<string, (id: number) => string> = {
    post: (id) => `/posts/${id}`,
    question: (id) => `/questions/${id}`,
    group: (id) => `/groups/${id}`,
    checkIn: (id) => `/check-ins/${id}/comments`,
  };
  let seen = 0;
  for (const user of users) {
    const api = t.api.as(user);
    const messages = await pagesOf(api, '/messages', 50);
    const { total } = (await api.get('/messages/unread-count')).data;
    expect(messages.filter(({ unread }) => unread).length, failed('unread')).toBe(total);
    const opened = new Map<string, number>();
    for (const { place, type } of messages) {
      const path = pathOf[place.type]!(place.id);
      if (!opened.has(path)) opened.set(path, (await api.get(path)).status);
      expect(opened.get(path), failed(`${type} leads to ${path}`)).toBe(200);
      seen++;
    }
  }
  expect(seen, failed('too few messages')).toBeGreaterThan(200);
}
