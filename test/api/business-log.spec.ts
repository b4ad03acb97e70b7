import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';

describe('the business log', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp();
  });
  afterAll(() => t.close());

  it('is for administrators only', async () => {
    expect((await t.api.get('/business-log')).error).toBe('NOT_LOGGED_IN');
    for (const role of ['user', 'moderator'] as const) {
      const answer = await t.api.as(await t.world.user({ role })).get('/business-log');
      expect(answer).toMatchObject({ status: 403, error: 'NO_PERMISSION' });
    }
  });

  it('tells who did what to which object in which request, latest first, page by page', async () => {
    const [owner, member] = await t.world.usersOf(2);
    const admin = t.api.as(await t.world.user({ role: 'admin' }));
    const group = await t.world.group(owner!, { members: [member!] });
    const mute = { mutedUntil: '2026-04-01T00:00:00.000Z', muteReason: '刷屏' };
    const request = t.api.as(owner!).with({ 'x-request-id': 'my-own-request' });
    await request.patch(`/groups/${group.id}/members/${member!.id}`, mute);
    await t.api.as(owner!).delete(`/groups/${group.id}/members/${member!.id}?reason=again`);

    const url = `/business-log?objectType=group&objectId=${group.id}`;
    const { items } = (await admin.get(url)).data;
    expect(items.map((entry: { action: string }) => entry.action)).toEqual([
      'group.member.kick',
      'group.member.update',
      'group.invite.create',
    ]);
    expect(items[1]).toMatchObject({
      actorId: owner!.id,
      objectId: group.id,
      detail: { userId: member!.id, ...mute },
      requestId: 'my-own-request',
    });

    const first = (await admin.get(`${url}&limit=2`)).data;
    const second = (await admin.get(`${url}&limit=2&cursor=${first.nextCursor}`)).data;
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.nextCursor).toBeNull();
  });

  it('keeps nothing of an act that was refused', async () => {
    const [owner, stranger] = await t.world.usersOf(2);
    const admin = t.api.as(await t.world.user({ role: 'admin' }));
    const group = await t.world.group(owner!);
    expect((await t.api.as(owner!).delete(`/groups/${group.id}/members/${stranger!.id}`)).status).toBe(404);
    expect((await admin.get(`/business-log?objectType=group&objectId=${group.id}`)).data.items).toEqual([]);
  });

  it('names the field of a bad query', async () => {
    const admin = t.api.as(await t.world.user({ role: 'admin' }));
    for (const [query, field] of [
      ['actorId=1e3', 'actorId'],
      ['objectId=-1', 'objectId'],
      ['limit=101', 'limit'],
      ['cursor=!', 'cursor'],
      ['who=me', 'who'],
    ]) {
      const answer = await admin.get(`/business-log?${query}`);
      expect(answer).toMatchObject({ status: 400, code: 11001 });
      expect(Object.keys(answer.fields!)).toEqual([field]);
    }
  });
});
