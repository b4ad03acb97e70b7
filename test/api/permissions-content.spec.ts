import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { operations } from '../support/operations.js';
import { type Place, testPermissions } from '../support/permission-table.js';
import { picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';

/** Who may do what to what a member of a group has written, asked and answered; and to messages and pictures. */
const TABLE = `
                                                   | guest stranger          applicant         member  muted   former            banned            admin   owner   moderator
POST   /groups/{groupId}/posts                     | login outside/hidden    outside/hidden    new     muted   outside/hidden    outside/hidden    new     new     outside
GET    /groups/{groupId}/posts                     | login ok/hidden         ok/hidden         ok      ok      ok/hidden         ok/hidden         ok      ok      ok
GET    /posts/{postId}                             | login ok/nopost         ok/nopost         ok      ok      ok/nopost         ok/nopost         ok      ok      ok
PATCH  /posts/{postId}                             | login denied/nopost     denied/nopost     denied  denied  denied/nopost     denied/nopost     denied  denied  denied
DELETE /posts/{postId}                             | login denied/nopost     denied/nopost     denied  denied  denied/nopost     denied/nopost     ok      ok      ok
GET    /posts/{postId}/revisions                   | login ok/nopost         ok/nopost         ok      ok      ok/nopost         ok/nopost         ok      ok      ok
PUT    /posts/{postId}/flags/{flag}                | login denied/nopost     denied/nopost     denied  denied  denied/nopost     denied/nopost     ok      ok      ok
DELETE /posts/{postId}/flags/{flag}                | login denied/nopost     denied/nopost     denied  denied  denied/nopost     denied/nopost     ok      ok      ok
POST   /posts/{postId}/restore                     | login nopost            nopost            nopost  nopost  nopost            nopost            ok      ok      ok
POST   /posts/{postId}/comments                    | login outside/nopost    outside/nopost    new     muted   outside/nopost    outside/nopost    new     new     outside
GET    /posts/{postId}/comments                    | login ok/nopost         ok/nopost         ok      ok      ok/nopost         ok/nopost         ok      ok      ok
PUT    /posts/{postId}/like                        | login ok/nopost         ok/nopost         ok      ok      ok/nopost         ok/nopost         ok      ok      ok
DELETE /posts/{postId}/like                        | login ok/nopost         ok/nopost         ok      ok      ok/nopost         ok/nopost         ok      ok      ok
GET    /posts/{postId}/likes                       | login ok/nopost         ok/nopost         ok      ok      ok/nopost         ok/nopost         ok      ok      ok
POST   /check-ins/{checkInId}/comments             | login outside/nocheckin outside/nocheckin new     muted   outside/nocheckin outside/nocheckin new     new     outside
GET    /check-ins/{checkInId}/comments             | login ok/nocheckin      ok/nocheckin      ok      ok      ok/nocheckin      ok/nocheckin      ok      ok      ok
PUT    /check-ins/{checkInId}/like                 | login ok/nocheckin      ok/nocheckin      ok      ok      ok/nocheckin      ok/nocheckin      ok      ok      ok
DELETE /check-ins/{checkInId}/like                 | login ok/nocheckin      ok/nocheckin      ok      ok      ok/nocheckin      ok/nocheckin      ok      ok      ok
GET    /check-ins/{checkInId}/likes                | login ok/nocheckin      ok/nocheckin      ok      ok      ok/nocheckin      ok/nocheckin      ok      ok      ok
GET    /check-ins/{checkInId}                      | login ok/nocheckin      ok/nocheckin      ok      ok      ok/nocheckin      ok/nocheckin      ok      ok      ok
GET    /comments/{commentId}                       | login ok/nocomment      ok/nocomment      ok      ok      ok/nocomment      ok/nocomment      ok      ok      ok
POST   /comments/{commentId}/replies               | login outside/nocomment outside/nocomment new     muted   outside/nocomment outside/nocomment new     new     outside
GET    /comments/{commentId}/replies               | login ok/nocomment      ok/nocomment      ok      ok      ok/nocomment      ok/nocomment      ok      ok      ok
PATCH  /comments/{commentId}                       | login denied/nocomment  denied/nocomment  denied  denied  denied/nocomment  denied/nocomment  denied  denied  denied
DELETE /comments/{commentId}                       | login denied/nocomment  denied/nocomment  denied  denied  denied/nocomment  denied/nocomment  ok      ok      ok
PUT    /comments/{commentId}/like                  | login ok/nocomment      ok/nocomment      ok      ok      ok/nocomment      ok/nocomment      ok      ok      ok
DELETE /comments/{commentId}/like                  | login ok/nocomment      ok/nocomment      ok      ok      ok/nocomment      ok/nocomment      ok      ok      ok
GET    /comments/{commentId}/likes                 | login ok/nocomment      ok/nocomment      ok      ok      ok/nocomment      ok/nocomment      ok      ok      ok
POST   /markdown-previews                          | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /feed                                       | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /users/{id}/groups                          | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /users/{id}/posts                           | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /users/{id}/questions                       | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /users/{id}/answers                         | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /questions                                  | login ok                ok                ok      ok      ok                ok                ok      ok      ok
POST   /questions                                  | login new               new               new     new     new               new               new     new     new
POST   /questions (group)                          | login outside/hidden    outside/hidden    new     muted   outside/hidden    outside/hidden    new     new     outside
GET    /questions (group)                          | login ok/hidden         ok/hidden         ok      ok      ok/hidden         ok/hidden         ok      ok      ok
GET    /questions/{questionId}                     | login ok/noquestion     ok/noquestion     ok      ok      ok/noquestion     ok/noquestion     ok      ok      ok
PATCH  /questions/{questionId}                     | login denied/noquestion denied/noquestion denied  denied  denied/noquestion denied/noquestion denied  denied  denied
DELETE /questions/{questionId}                     | login denied/noquestion denied/noquestion denied  denied  denied/noquestion denied/noquestion ok      ok      ok
POST   /questions/{questionId}/restore             | login noquestion        noquestion        noquestion noquestion noquestion        noquestion        ok      ok      ok
PUT    /questions/{questionId}/closed              | login denied/noquestion denied/noquestion denied  denied  denied/noquestion denied/noquestion ok      ok      ok
DELETE /questions/{questionId}/closed              | login denied/noquestion denied/noquestion denied  denied  denied/noquestion denied/noquestion ok      ok      ok
POST   /questions/{questionId}/answers             | login outside/noquestion outside/noquestion new     muted   outside/noquestion outside/noquestion new     new     outside
GET    /questions/{questionId}/answers             | login ok/noquestion     ok/noquestion     ok      ok      ok/noquestion     ok/noquestion     ok      ok      ok
PUT    /questions/{questionId}/accepted            | login denied/noquestion denied/noquestion denied  denied  denied/noquestion denied/noquestion denied  denied  denied
DELETE /questions/{questionId}/accepted            | login denied/noquestion denied/noquestion denied  denied  denied/noquestion denied/noquestion denied  denied  denied
PUT    /questions/{questionId}/vote                | login ok/noquestion     ok/noquestion     ok      ok      ok/noquestion     ok/noquestion     ok      ok      ok
PUT    /questions/{questionId}/follow              | login ok/noquestion     ok/noquestion     ok      ok      ok/noquestion     ok/noquestion     ok      ok      ok
DELETE /questions/{questionId}/follow              | login ok/noquestion     ok/noquestion     ok      ok      ok/noquestion     ok/noquestion     ok      ok      ok
GET    /answers/{answerId}                         | login ok/noanswer       ok/noanswer       ok      ok      ok/noanswer       ok/noanswer       ok      ok      ok
PATCH  /answers/{answerId}                         | login denied/noanswer   denied/noanswer   denied  denied  denied/noanswer   denied/noanswer   denied  denied  denied
DELETE /answers/{answerId}                         | login denied/noanswer   denied/noanswer   denied  denied  denied/noanswer   denied/noanswer   ok      ok      ok
PUT    /answers/{answerId}/vote                    | login ok/noanswer       ok/noanswer       ok      ok      ok/noanswer       ok/noanswer       ok      ok      ok
POST   /answers/{answerId}/replies                 | login outside/noanswer  outside/noanswer  new     muted   outside/noanswer  outside/noanswer  new     new     outside
GET    /answers/{answerId}/replies                 | login ok/noanswer       ok/noanswer       ok      ok      ok/noanswer       ok/noanswer       ok      ok      ok
PATCH  /answer-replies/{replyId}                   | login denied/noreply    denied/noreply    denied  denied  denied/noreply    denied/noreply    denied  denied  denied
DELETE /answer-replies/{replyId}                   | login denied/noreply    denied/noreply    denied  denied  denied/noreply    denied/noreply    ok      ok      ok
GET    /messages                                   | login ok                ok                ok      ok      ok                ok                ok      ok      ok
GET    /messages/unread-count                      | login ok                ok                ok      ok      ok                ok                ok      ok      ok
POST   /messages/{id}/read                         | login nomessage         nomessage         nomessage nomessage nomessage         nomessage         nomessage nomessage nomessage
POST   /messages/read                              | login ok                ok                ok      ok      ok                ok                ok      ok      ok
DELETE /messages/{id}                              | login nomessage         nomessage         nomessage nomessage nomessage         nomessage         nomessage nomessage nomessage
GET    /me/message-settings                        | login ok                ok                ok      ok      ok                ok                ok      ok      ok
PATCH  /me/message-settings                        | login ok                ok                ok      ok      ok                ok                ok      ok      ok
POST   /uploads                                    | login nofile            nofile            nofile  nofile  nofile            nofile            nofile  nofile  nofile
GET    /uploads                                    | login ok                ok                ok      ok      ok                ok                ok      ok      ok
DELETE /uploads/{id}                               | login noupload          noupload          noupload noupload noupload          noupload          noupload noupload noupload
`;

const ANSWERS: Record<string, string> = {
  ok: '200',
  new: '201',
  login: '401 NOT_LOGGED_IN',
  hidden: '404 GROUP_NOT_FOUND',
  nopost: '404 POST_NOT_FOUND',
  nocomment: '404 COMMENT_NOT_FOUND',
  nocheckin: '404 CHECK_IN_NOT_FOUND',
  noquestion: '404 QUESTION_NOT_FOUND',
  noanswer: '404 ANSWER_NOT_FOUND',
  noreply: '404 REPLY_NOT_FOUND',
  nomessage: '404 MESSAGE_NOT_FOUND',
  noupload: '404 MEDIA_NOT_FOUND',
  nofile: '415 HTTP_ERROR',
  denied: '403 NO_PERMISSION',
  outside: '403 NOT_MEMBER',
  muted: '403 MUTED',
};

const TEXT = { title: 'a title', body: 'a text' };
const INPUT: Record<string, (place: Place) => object> = {
  'POST /groups/{groupId}/posts': () => TEXT,
  'PATCH /posts/{postId}': () => ({ version: 1, title: 'another' }),
  'POST /posts/{postId}/comments': () => ({ body: 'well done' }),
  'POST /check-ins/{checkInId}/comments': () => ({ body: 'well done' }),
  'POST /markdown-previews': () => ({ body: 'a **text**' }),
  'POST /comments/{commentId}/replies': () => ({ body: 'indeed' }),
  'PATCH /comments/{commentId}': () => ({ body: 'better' }),
  'POST /questions': () => ({ ...TEXT, categoryId: 1 }),
  'POST /questions (group)': ({ groupId }) => ({ ...TEXT, categoryId: 1, groupId }),
  'PATCH /questions/{questionId}': () => ({ version: 1, title: 'another' }),
  'PUT /questions/{questionId}/closed': () => ({ reason: 'answered elsewhere' }),
  'POST /questions/{questionId}/answers': () => ({ body: 'because' }),
  'PUT /questions/{questionId}/accepted': ({ ids }) => ({ answerId: ids['answerId'] }),
  'PUT /questions/{questionId}/vote': () => ({ value: 1 }),
  'PUT /answers/{answerId}/vote': () => ({ value: 1 }),
  'PATCH /answers/{answerId}': () => ({ version: 1, body: 'better' }),
  'POST /answers/{answerId}/replies': () => ({ body: 'indeed' }),
  'PATCH /answer-replies/{replyId}': () => ({ body: 'better' }),
  'PATCH /me/message-settings': () => ({ like: false }),
};
const QUERY: Record<string, string> = { 'GET /questions (group)': '?groupId={groupId}' };

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

/** Everything is the member's; one post and one question have been removed by the owner. */
async function write(app: TestApp, place: Place): Promise<void> {
  const { groupId, member, actors, ids } = place;
  const api = app.api.as(member);
  const idOf = async (url: string, body: object) =>
    expectStatus(201, await api.post(url, body)).data.id as number;
  ids['postId'] = await idOf(`/groups/${groupId}/posts`, TEXT);
  ids['commentId'] = await idOf(`/posts/${ids['postId']}/comments`, { body: 'mine' });
  ids['questionId'] = await idOf('/questions', { ...TEXT, categoryId: 1, groupId });
  ids['answerId'] = await idOf(`/questions/${ids['questionId']}/answers`, { body: 'mine' });
  ids['replyId'] = await idOf(`/answers/${ids['answerId']}/replies`, { body: 'mine' });
  const removedPost = await idOf(`/groups/${groupId}/posts`, TEXT);
  const removedQuestion = await idOf('/questions', { ...TEXT, categoryId: 1, groupId });
  const owner = app.api.as(actors['owner']!);
  expectStatus(200, await owner.delete(`/posts/${removedPost}`));
  expectStatus(200, await owner.delete(`/questions/${removedQuestion}`));
  ids['removedPost'] = removedPost;
  ids['removedQuestion'] = removedQuestion;
}

testPermissions(
  () => t,
  {
    text: TABLE,
    answers: ANSWERS,
    covers:
      /^\w+ \/(groups\/\{groupId\}\/posts|posts|check-ins|comments|markdown-previews|feed|users\/\{id\}\/(groups|posts|questions|answers)|questions|answers|answer-replies|messages|me\/message-settings|uploads)/,
    input: INPUT,
    query: QUERY,
  },
  write,
);

it('keeps what is written in a private group out of everything that those outside can look at', async () => {
  const [owner, member, former, banned, stranger] = await t.world.usersOf(5);
  const { id: groupId } = await t.world.group(owner!, {
    name: 'sesame group',
    visibility: 'private',
    members: [member!, former!, banned!],
    checkInPosts: true,
  });
  const api = t.api.as(member!);
  const made = async (url: string, body: object) =>
    expectStatus(201, await api.post(url, body)).data.id as number;
  const body = `sesame for @${former!.nickname} and @${banned!.nickname}`;
  const file = { content: await picture(), filename: 'sesame.jpg' };
  const { id: uploadId } = expectStatus(201, await api.upload('/uploads', file)).data;
  await t.world.checkIn(groupId, member!, 'sesame note');
  const postId = await made(`/groups/${groupId}/posts`, { title: 'sesame', body, imageIds: [uploadId] });
  // They take part while they may, so that there is something to hide from them.
  for (const user of [former!, banned!]) {
    const other = t.api.as(user);
    const mine = await other.post(`/posts/${postId}/comments`, { body: 'sesame comment' });
    await made(`/comments/${expectStatus(201, mine).data.id}/replies`, { body: 'sesame reply' });
    expectStatus(200, await other.put(`/posts/${postId}/like`));
  }
  const questionId = await made('/questions', { title: 'sesame?', body, categoryId: 1, groupId });
  const answer = await t.api.as(former!).post(`/questions/${questionId}/answers`, { body: 'sesame answer' });
  expectStatus(200, await api.put(`/questions/${questionId}/accepted`, { answerId: answer.data.id }));
  const [{ previewUrl }] = (await t.api.as(former!).get(`/posts/${postId}`)).data.images;
  const shown = async (user: TestUser) => JSON.stringify((await t.api.as(user).get('/messages')).data);
  expect(await shown(former!)).toContain('sesame');

  expectStatus(200, await t.api.as(former!).delete(`/groups/${groupId}/members/me`));
  expectStatus(200, await t.api.as(owner!).delete(`/groups/${groupId}/members/${banned!.id}?ban=true`));
  const lists = operations
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/v1/'))
    .map(({ path }) => path.replace('/api/v1', ''))
    .filter((path) => !path.includes('{') || path.startsWith('/users/{id}'))
    .map((path) => (path === '/me/calendar' ? `${path}?from=2026-03-01&to=2026-03-03` : path));
  expect(lists.length).toBeGreaterThan(15);
  for (const user of [stranger!, former!, banned!]) {
    for (const path of lists) {
      for (const { id } of path.includes('{id}') ? [owner!, member!, former!, user] : [user]) {
        const answered = await t.api.as(user).get(path.replace('{id}', String(id)));
        if (answered.status === 403) continue;
        expect(answered.status, path).toBe(200);
        // That he was shown out is his own affair, and says of what.
        const items = answered.data?.items?.filter(({ type }: { type?: string }) => type !== 'role');
        expect(JSON.stringify(items ?? answered.data), path).not.toMatch(
          new RegExp(`sesame|"groupId":${groupId}\\b`),
        );
      }
    }
    const unread = (await t.api.as(user).get('/messages/unread-count')).data.types;
    expect(unread).toMatchObject({ reply: 0, mention: 0, accepted: 0, like: 0 });
  }
  expect((await t.app.inject(previewUrl)).statusCode).toBe(404);
  expect(await shown(member!)).toContain('sesame');
});
