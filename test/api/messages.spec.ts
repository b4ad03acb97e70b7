import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { DomainEvents } from '../../src/common/events/domain-events.js';
import { LikeWithdrawn, Notice, NOTICE_TYPES, type ObjectRef } from '../../src/common/events/notice.js';
import { Jobs } from '../../src/common/jobs/jobs.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectRubbishRefused, expectSignInNeeded, NO_SUCH_ID, pagesOf } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
beforeAll(async () => {
  t = await createTestApp();
});
beforeEach(async () => {
  [ann, ben, cat] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);
const messagesOf = async (user: TestUser, query = '') =>
  expectStatus(200, await as(user).get(`/messages?${query}`)).data.items;
const unreadOf = async (user: TestUser) =>
  expectStatus(200, await as(user).get('/messages/unread-count')).data;
const NOTHING = Object.fromEntries(NOTICE_TYPES.map((type) => [type, 0]));
const publish = (event: object) => {
  const db = t.app.get(Database);
  return db.transaction(() => t.app.get(DomainEvents).publish(event));
};

async function postIn(groupId: number, author: TestUser): Promise<ObjectRef> {
  const now = t.clock.now();
  const { insertId } = await t.app.get(Database).run(
    `insert into posts (group_id, author_id, title, excerpt, body, html, html_version, created_at, updated_at)
     values (?, ?, 'First run', '', '', '', 1, ?, ?)`,
    [groupId, author.id, now, now],
  );
  return { type: 'post', id: insertId };
}

async function commentOn(post: ObjectRef, groupId: number, author: TestUser): Promise<ObjectRef> {
  const now = t.clock.now();
  const { insertId } = await t.app.get(Database).run(
    `insert into comments (target_type, target_id, group_id, author_id, body, html, html_version, created_at, updated_at)
     values ('post', ?, ?, ?, '', '', 1, ?, ?)`,
    [post.id, groupId, author.id, now, now],
  );
  return { type: 'comment', id: insertId };
}

const setState = (ref: ObjectRef, state: string) =>
  t.app.get(Database).run(`update ${ref.type}s set state = ? where id = ?`, [state, ref.id]);

/** A post of Ann's in a group of hers with everybody in it. */
async function scene(settings = {}) {
  const group = await t.world.group(ann, { members: [ben, cat], ...settings });
  return { groupId: group.id as number, post: await postIn(group.id, ann) };
}

const liked = (actor: TestUser, owner: TestUser, target: ObjectRef, groupId: number) =>
  new Notice({
    actorId: actor.id,
    receivers: [{ type: 'like', userIds: [owner.id] }],
    target,
    place: target,
    groupId,
    title: 'First run',
  });
const commented = (actor: TestUser, owner: TestUser, comment: ObjectRef, post: ObjectRef, groupId: number) =>
  new Notice({
    actorId: actor.id,
    receivers: [{ type: 'comment', userIds: [owner.id] }],
    target: comment,
    place: post,
    groupId,
    title: 'First run',
    excerpt: 'Well done',
  });

const ROUTES = [
  'GET /messages',
  'GET /messages/unread-count',
  'POST /messages/read',
  'POST /messages/1/read',
  'DELETE /messages/1',
  'GET /me/message-settings',
  'PATCH /me/message-settings',
];

it('needs a token for every route', () => expectSignInNeeded(t.api, ROUTES));

it('refuses rubbish and names the field', () =>
  expectRubbishRefused(as(ann), [
    ['GET /messages?type=letter', 'type'],
    ['GET /messages?type=like&type=letter', 'type'],
    ['GET /messages?type=like&type=like', 'type'],
    ['GET /messages?type=', 'type'],
    ['GET /messages?unread=yes', 'unread'],
    ['GET /messages?unread=true&unread=false', 'unread'],
    ['GET /messages?cursor=WyJhIl0', 'cursor'],
    ['GET /messages?kind=like', 'kind'],
    ['GET /messages/unread-count?type=like', 'type'],
    ['POST /messages/read', 'types', { types: ['letter'] }],
    ['POST /messages/read', 'types', { types: 'like' }],
    ['POST /messages/read', 'types', { types: ['like', 'like'] }],
    ['POST /messages/read', 'type', { type: 'like' }],
    ['POST /messages/x/read', 'id'],
    ['DELETE /messages/0', 'id'],
    ['PATCH /me/message-settings', 'like', { like: 'no' }],
    ['PATCH /me/message-settings', 'like', { like: null }],
    ['PATCH /me/message-settings', 'system', { system: false }],
  ]));

describe('a message', () => {
  it('tells who did what where, once read is no longer counted, and is gone when deleted', async () => {
    const { groupId, post } = await scene();
    const comment = await commentOn(post, groupId, ben);
    await publish(commented(ben, ann, comment, post, groupId));
    const [message, ...others] = await messagesOf(ann);
    expect(others).toEqual([]);
    expect(message).toEqual({
      id: expect.any(Number),
      type: 'comment',
      detail: null,
      actor: { id: ben.id, nickname: ben.nickname, avatarUrl: null },
      actorCount: 1,
      target: comment,
      place: post,
      answerId: null,
      groupId,
      title: 'First run',
      excerpt: 'Well done',
      unread: true,
      createdAt: t.clock.now().toISOString(),
      updatedAt: t.clock.now().toISOString(),
    });
    expect(await unreadOf(ann)).toEqual({ total: 1, types: { ...NOTHING, comment: 1 } });

    const read = await as(ann).post(`/messages/${message.id}/read`);
    expect(read).toMatchObject({ status: 200, data: { total: 0, types: NOTHING } });
    expect((await as(ann).post(`/messages/${message.id}/read`)).status).toBe(200);
    expect(await messagesOf(ann)).toMatchObject([{ id: message.id, unread: false }]);
    expect(await messagesOf(ann, 'unread=true')).toEqual([]);
    expect(await messagesOf(ann, 'unread=false')).toHaveLength(1);

    expectStatus(200, await as(ann).delete(`/messages/${message.id}`));
    expect(await messagesOf(ann)).toEqual([]);
  });

  it('is its receiver’s alone', async () => {
    const { groupId, post } = await scene();
    await publish(commented(ben, ann, await commentOn(post, groupId, ben), post, groupId));
    const [{ id }] = await messagesOf(ann);
    for (const unknown of [id, NO_SUCH_ID]) {
      const read = await as(ben).post(`/messages/${unknown}/read`);
      expect(read).toMatchObject({ status: 404, error: 'MESSAGE_NOT_FOUND' });
      expect(await as(ben).delete(`/messages/${unknown}`)).toMatchObject({
        status: 404,
        error: 'MESSAGE_NOT_FOUND',
      });
    }
    expect(await unreadOf(ann)).toMatchObject({ total: 1 });
  });

  it('is written with the act or not at all', async () => {
    const { groupId, post } = await scene();
    const comment = await commentOn(post, groupId, ben);
    const act = t.app.get(Database).transaction(async () => {
      await t.app.get(DomainEvents).publish(commented(ben, ann, comment, post, groupId));
      throw new Error('undone');
    });
    await expect(act).rejects.toThrow('undone');
    expect(await messagesOf(ann)).toEqual([]);
  });

  it('has its texts cut to what the columns hold, by whole characters', async () => {
    const { groupId, post } = await scene();
    const notice = commented(ben, ann, await commentOn(post, groupId, ben), post, groupId);
    await publish(new Notice({ ...notice, title: '🏃'.repeat(121), excerpt: '跑'.repeat(5_000) }));
    const [{ title, excerpt }] = await messagesOf(ann);
    expect(title).toBe(`${'🏃'.repeat(119)}…`);
    expect(excerpt).toBe(`${'跑'.repeat(199)}…`);
  });
});

describe('who is told', () => {
  it('is everybody once, by the first type that he has not switched off, and never the actor', async () => {
    const { groupId, post } = await scene();
    const comment = await commentOn(post, groupId, ben);
    const receivers = [
      { type: 'reply' as const, userIds: [ann.id, ben.id] },
      { type: 'mention' as const, userIds: [ann.id, ben.id, cat.id, cat.id] },
      { type: 'comment' as const, userIds: [ann.id, ben.id, cat.id] },
    ];
    const notice = new Notice({ ...commented(ben, ann, comment, post, groupId), receivers });
    await publish(notice);
    expect(await messagesOf(ann)).toMatchObject([{ type: 'reply' }]);
    expect(await messagesOf(cat)).toMatchObject([{ type: 'mention' }]);
    expect(await messagesOf(ben)).toEqual([]);

    await as(ann).patch('/me/message-settings', { reply: false });
    await as(cat).patch('/me/message-settings', { mention: false, comment: false });
    await publish(notice);
    expect((await messagesOf(ann)).map(({ type }: { type: string }) => type)).toEqual(['mention', 'reply']);
    expect(await messagesOf(cat)).toHaveLength(1);
  });

  it('is nobody who may not read the group', async () => {
    const { groupId, post } = await scene({ visibility: 'private' });
    const dora = await t.world.user();
    const eve = await t.world.user({ role: 'moderator' });
    const notice = commented(ann, ben, await commentOn(post, groupId, ann), post, groupId);
    const userIds = [ben.id, dora.id, eve.id];
    await publish(new Notice({ ...notice, receivers: [{ type: 'mention', userIds }] }));
    // Not even once the group has been opened to all.
    await t.app.get(Database).run(`update group_info set visibility = 'public' where id = ?`, [groupId]);
    expect(await messagesOf(ben)).toHaveLength(1);
    expect(await messagesOf(eve)).toHaveLength(1);
    expect(await messagesOf(dora)).toEqual([]);
  });

  it('costs as many statements for fifty as for two', async () => {
    const { groupId, post } = await scene();
    const comment = await commentOn(post, groupId, ann);
    const many = await t.world.usersOf(50);
    const db = t.app.get(Database);
    const statementsFor = async (users: TestUser[]) => {
      const userIds = users.map(({ id }) => id);
      const spies = [vi.spyOn(db, 'rows'), vi.spyOn(db, 'run')];
      const notice = commented(ann, ben, comment, post, groupId);
      await publish(new Notice({ ...notice, receivers: [{ type: 'mention', userIds }] }));
      const statements = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
      for (const spy of spies) spy.mockRestore();
      return statements;
    };
    expect(await statementsFor(many)).toBe(await statementsFor([ben, cat]));
    expect((await Promise.all(many.map(unreadOf))).map(({ total }) => total)).toEqual(Array(50).fill(1));
  });
});

describe('what may not be read any more', () => {
  const hidden = async (user: TestUser, id: number) => {
    expect(await messagesOf(user)).toEqual([]);
    expect(await unreadOf(user)).toEqual({ total: 0, types: NOTHING });
    expect((await as(user).post(`/messages/${id}/read`)).error).toBe('MESSAGE_NOT_FOUND');
    expect((await as(user).delete(`/messages/${id}`)).error).toBe('MESSAGE_NOT_FOUND');
  };

  it('is neither listed nor counted after leaving a private group, and is again after coming back', async () => {
    const { groupId, post } = await scene({ visibility: 'private' });
    await publish(commented(ann, ben, await commentOn(post, groupId, ann), post, groupId));
    const [{ id }] = await messagesOf(ben);
    expectStatus(200, await as(ben).delete(`/groups/${groupId}/members/me`));
    await hidden(ben, id);
    await t.world.join(groupId, ben, ann);
    expect(await messagesOf(ben)).toMatchObject([{ id }]);
    expect(await unreadOf(ben)).toMatchObject({ total: 1 });
  });

  it('is what was deleted: target or place', async () => {
    const { groupId, post } = await scene();
    const comment = await commentOn(post, groupId, ben);
    await publish(commented(ben, ann, comment, post, groupId));
    const [{ id }] = await messagesOf(ann);
    for (const ref of [comment, post]) {
      await setState(ref, 'removed');
      await hidden(ann, id);
      await setState(ref, 'visible');
      expect(await messagesOf(ann)).toHaveLength(1);
    }
  });

  it('is everything of a group that was dissolved', async () => {
    const { groupId, post } = await scene();
    await publish(commented(ann, ben, await commentOn(post, groupId, ann), post, groupId));
    const [{ id }] = await messagesOf(ben);
    expectStatus(200, await as(ann).delete(`/groups/${groupId}`));
    await hidden(ben, id);
  });
});

describe('likes', () => {
  it('of one thing are one message while it is unread, and a new one afterwards', async () => {
    const { groupId, post } = await scene();
    await publish(liked(ben, ann, post, groupId));
    t.clock.advance(60_000);
    await publish(liked(cat, ann, post, groupId));
    const [message, ...others] = await messagesOf(ann);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ type: 'like', actorCount: 2, actor: { id: cat.id } });
    expect(message.updatedAt > message.createdAt).toBe(true);
    expect(await unreadOf(ann)).toMatchObject({ total: 1 });

    expectStatus(200, await as(ann).post('/messages/read', { types: ['like'] }));
    const dora = await t.world.user();
    await publish(liked(dora, ann, post, groupId));
    expect(await messagesOf(ann)).toMatchObject([
      { unread: true, actorCount: 1, actor: { id: dora.id } },
      { unread: false, actorCount: 2 },
    ]);
  });

  it('taken back while unread leave the message, and with the last of them it goes', async () => {
    const { groupId, post } = await scene();
    const dora = await t.world.user();
    for (const user of [ben, cat, dora]) await publish(liked(user, ann, post, groupId));
    await publish(new LikeWithdrawn(dora.id, post));
    expect(await messagesOf(ann)).toMatchObject([{ actorCount: 2, actor: { id: cat.id } }]);
    await publish(new LikeWithdrawn(dora.id, post));
    await publish(new LikeWithdrawn(ben.id, post));
    expect(await messagesOf(ann)).toMatchObject([{ actorCount: 1, actor: { id: cat.id } }]);
    await publish(new LikeWithdrawn(cat.id, post));
    expect(await messagesOf(ann)).toEqual([]);
    expect(await unreadOf(ann)).toMatchObject({ total: 0 });
  });

  it('given again are there again while unread, and are not told twice once read', async () => {
    const { groupId, post } = await scene();
    await publish(liked(ben, ann, post, groupId));
    await publish(new LikeWithdrawn(ben.id, post));
    await publish(liked(ben, ann, post, groupId));
    expect(await messagesOf(ann)).toMatchObject([{ actorCount: 1, actor: { id: ben.id }, unread: true }]);

    expectStatus(200, await as(ann).post('/messages/read'));
    await publish(new LikeWithdrawn(ben.id, post));
    await publish(liked(ben, ann, post, groupId));
    expect(await messagesOf(ann)).toMatchObject([{ actorCount: 1, unread: false }]);
    expect(await unreadOf(ann)).toMatchObject({ total: 0 });
  });

  it('of a deleted message are not told again by the same people', async () => {
    const { groupId, post } = await scene();
    await publish(liked(ben, ann, post, groupId));
    const [{ id }] = await messagesOf(ann);
    expectStatus(200, await as(ann).delete(`/messages/${id}`));
    await publish(new LikeWithdrawn(ben.id, post));
    await publish(liked(ben, ann, post, groupId));
    expect(await messagesOf(ann)).toEqual([]);
    await publish(liked(cat, ann, post, groupId));
    expect(await messagesOf(ann)).toMatchObject([{ actorCount: 1, actor: { id: cat.id } }]);
  });

  it('fifty at once are one message that counts them exactly', async () => {
    const { groupId, post } = await scene();
    const fans = await t.world.usersOf(50);
    await Promise.all(fans.map((fan) => publish(liked(fan, ann, post, groupId))));
    expect(await messagesOf(ann)).toMatchObject([{ actorCount: 50 }]);
    await Promise.all(fans.slice(0, 30).map((fan) => publish(new LikeWithdrawn(fan.id, post))));
    const [message] = await messagesOf(ann);
    expect(message.actorCount).toBe(20);
    expect(fans.slice(30).map(({ id }) => id)).toContain(message.actor.id);
    await Promise.all(fans.slice(30).map((fan) => publish(new LikeWithdrawn(fan.id, post))));
    expect(await messagesOf(ann)).toEqual([]);
  });

  it('given, taken back and read all at once leave no wrong count', async () => {
    const { groupId, post } = await scene();
    const fans = await t.world.usersOf(20);
    const restless = async (fan: TestUser, rounds: number) => {
      for (let n = 0; n < rounds; n++) {
        await publish(liked(fan, ann, post, groupId));
        await publish(new LikeWithdrawn(fan.id, post));
      }
    };
    const reading = (async () => {
      for (let n = 0; n < 5; n++) {
        let answer = await as(ann).post('/messages/read');
        // The fans were faster four times in a row: again, as the answer says.
        while (answer.status === 409) answer = await as(ann).post('/messages/read');
        expectStatus(200, answer);
      }
    })();
    await Promise.all([...fans.map((fan, n) => restless(fan, 1 + (n % 3))), reading]);
    const wrong = await t.app.get(Database).rows(
      `select m.id, m.actor_count, (select count(*) from message_likes l where l.message_id = m.id) as rows_of_it
       from messages m where m.user_id = ? and m.type = 'like'`,
      [ann.id],
    );
    for (const row of wrong as { actor_count: number; rows_of_it: number }[]) {
      expect(row.actor_count).toBe(Number(row.rows_of_it));
      expect(row.actor_count).toBeGreaterThan(0);
    }
    expect(await messagesOf(ann, 'unread=true')).toEqual([]);
  });
});

describe('lists', () => {
  it('filter by types, page without gaps, and count by type', async () => {
    const { groupId, post } = await scene();
    for (let n = 0; n < 5; n++) {
      await publish(commented(ben, ann, await commentOn(post, groupId, ben), post, groupId));
      const other = await postIn(groupId, ann);
      await publish(liked(cat, ann, other, groupId));
    }
    expect(await unreadOf(ann)).toEqual({ total: 10, types: { ...NOTHING, comment: 5, like: 5 } });
    expect(await messagesOf(ann, 'type=like')).toHaveLength(5);
    expect(await messagesOf(ann, 'type=like&type=comment')).toHaveLength(10);
    expect(await messagesOf(ann, 'type=accepted')).toEqual([]);
    const ids = (await pagesOf(as(ann), '/messages', 3)).map(({ id }) => id as number);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(10);

    const left = await as(ann).post('/messages/read', { types: ['comment'] });
    expect(left).toMatchObject({ status: 200, data: { total: 5, types: { comment: 0, like: 5 } } });
    expect((await as(ann).post('/messages/read', { types: [] })).data.total).toBe(5);
    expect((await as(ann).post('/messages/read')).data.total).toBe(0);
  });
});

describe('the job that clears away', () => {
  it('deletes what was read and is older than 180 days', async () => {
    const { groupId, post } = await scene();
    const tell = async () => publish(commented(ben, ann, await commentOn(post, groupId, ben), post, groupId));
    await tell();
    expectStatus(200, await as(ann).post('/messages/read'));
    await tell();
    t.clock.advance(180 * 86_400_000);
    await t.app.get(Jobs).runNow('old-messages');
    expect(await messagesOf(ann)).toHaveLength(2);
    await tell();
    expectStatus(200, await as(ann).post(`/messages/${(await messagesOf(ann))[0].id}/read`));
    t.clock.advance(1);
    await t.app.get(Jobs).runNow('old-messages');
    expect((await messagesOf(ann)).map(({ unread }: { unread: boolean }) => unread)).toEqual([false, true]);
  });
});

describe('settings', () => {
  it('are all on at first, and change one by one', async () => {
    const all = Object.fromEntries(
      NOTICE_TYPES.filter((type) => type !== 'system').map((type) => [type, true]),
    );
    expect((await as(ann).get('/me/message-settings')).data).toEqual(all);
    const changed = await as(ann).patch('/me/message-settings', { like: false, mention: false });
    expect(changed).toMatchObject({ status: 200, data: { ...all, like: false, mention: false } });
    await as(ann).patch('/me/message-settings', { like: true });
    expect((await as(ann).get('/me/message-settings')).data).toEqual({ ...all, mention: false });
    expect((await as(ann).patch('/me/message-settings')).data).toEqual({ ...all, mention: false });
    expect((await as(ben).get('/me/message-settings')).data).toEqual(all);
  });

  it('keep likes from being told, and from being told later', async () => {
    const { groupId, post } = await scene();
    await as(ann).patch('/me/message-settings', { like: false });
    await publish(liked(ben, ann, post, groupId));
    expect(await messagesOf(ann)).toEqual([]);
    await as(ann).patch('/me/message-settings', { like: true });
    await publish(new LikeWithdrawn(ben.id, post));
    expect(await messagesOf(ann)).toEqual([]);
  });
});

describe('groups tell', () => {
  const apply = async (groupId: number, user: TestUser): Promise<number> =>
    expectStatus(201, await as(user).post(`/groups/${groupId}/members`, { reason: 'I run, too' })).data
      .applicationId;

  it('owner and admins of an application, as long as they run the group', async () => {
    const { id: groupId } = await t.world.group(ann, { joinPolicy: 'approval', members: [ben, cat] });
    expectStatus(200, await as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { role: 'admin' }));
    const dora = await t.world.user();
    const applicationId = await apply(groupId, dora);
    for (const runner of [ann, ben]) {
      expect(await messagesOf(runner, 'type=application')).toMatchObject([
        {
          actor: { id: dora.id },
          target: { type: 'application', id: applicationId },
          place: { type: 'group', id: groupId },
          title: 'Every day',
          excerpt: 'I run, too',
        },
      ]);
    }
    expect(await messagesOf(cat)).toEqual([]);
    expectStatus(200, await as(ann).patch(`/groups/${groupId}/members/${ben.id}`, { role: 'member' }));
    expect(await messagesOf(ben, 'type=application')).toEqual([]);
  });

  it.each([
    ['approve', 'approved'],
    ['refuse', 'refused'],
  ])(
    'the applicant what became of it (%s), also when the group is private by then',
    async (decision, detail) => {
      const { id: groupId } = await t.world.group(ann, { joinPolicy: 'approval' });
      const applicationId = await apply(groupId, ben);
      await t.app.get(Database).run(`update group_info set visibility = 'private' where id = ?`, [groupId]);
      const url = `/groups/${groupId}/applications/${applicationId}`;
      expectStatus(200, await as(ann).patch(url, { decision, message: 'We thought about it' }));
      expect(await messagesOf(ben)).toMatchObject([
        {
          type: 'decision',
          detail,
          actor: { id: ann.id },
          target: { type: 'application', id: applicationId },
          place: { type: 'group', id: groupId },
          excerpt: 'We thought about it',
        },
      ]);
      expect(await unreadOf(ben)).toMatchObject({ total: 1, types: { decision: 1 } });
    },
  );

  it('whose role has changed, or who was shown out or banned', async () => {
    const { id: groupId } = await t.world.group(ann, { visibility: 'private', members: [ben, cat] });
    const member = (user: TestUser) => `/groups/${groupId}/members/${user.id}`;
    for (const role of ['admin', 'admin', 'member'])
      expectStatus(200, await as(ann).patch(member(ben), { role }));
    expectStatus(200, await as(ann).post(`/groups/${groupId}/owner`, { userId: ben.id }));
    expectStatus(200, await as(ben).delete(`${member(cat)}?reason=spam`));
    const details = async (user: TestUser) =>
      (await messagesOf(user, 'type=role')).map(({ detail }: { detail: string }) => detail);
    expect(await details(ben)).toEqual(['owner', 'demoted', 'promoted']);
    expect(await details(ann)).toEqual([]);
    expect(await messagesOf(cat)).toMatchObject([
      { detail: 'removed', excerpt: 'spam', target: { type: 'group', id: groupId }, actor: { id: ben.id } },
    ]);
  });

  it('an applicant who is banned that he is refused', async () => {
    const { id: groupId } = await t.world.group(ann, { joinPolicy: 'approval' });
    await apply(groupId, ben);
    expectStatus(200, await as(ann).delete(`/groups/${groupId}/members/${ben.id}?ban=true`));
    expect(await messagesOf(ben)).toMatchObject([{ type: 'decision', detail: 'refused' }]);
  });
});
