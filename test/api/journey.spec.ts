import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectStatus } from '../support/world.js';

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

it('lets two people register, meet in a group and check in day after day', async () => {
  const register = async (phone: string) => {
    expectStatus(201, await t.api.post('/auth/sms-codes', { phone, purpose: 'register' }));
    const code = t.codes.get(`+86${phone}`);
    const { data } = expectStatus(
      201,
      await t.api.post('/auth/register', { phone, code, password: 'long enough' }),
    );
    return { ...data, id: data.user.id };
  };
  const ann = await register('13800000001');
  const ben = await register('13800000002');
  expect(ann.user).toMatchObject({ phone: '+8613800000001', nickname: '138****0001' });

  const group = await t.world.group(ann, { name: '每天早起跑步' });
  expect(group).toMatchObject({ memberCount: 1, myRole: 'owner', today: '2026-03-02' });
  expect((await t.api.as(ben).post(`/groups/${group.id}/members`)).data).toMatchObject({ status: 'active' });

  for (let day = 0; day < 5; day++) {
    await t.world.checkIn(group.id, ann, 'done');
    if (day !== 2) await t.world.checkIn(group.id, ben);
    if (day < 4) t.clock.advance(24 * 3_600_000);
  }
  const again = await t.api.as(ann).post(`/groups/${group.id}/check-ins`);
  expect(again).toMatchObject({ status: 200, data: { created: false, streak: { length: 5 }, total: 5 } });

  const api = t.api.as(ben);
  expect((await api.get(`/groups/${group.id}/members/me/stats`)).data).toMatchObject({
    streak: { length: 2, unit: 'day' },
    longest: { length: 2 },
    total: 4,
    year: { done: 4, missed: 1, rate: 0.8 },
  });
  expect((await api.get(`/groups/${group.id}/make-ups/quota`)).data.eligibleDays).toEqual(['2026-03-04']);
  const makeUp = { day: '2026-03-04', reason: '出差在飞机上' };
  expect((await api.post(`/groups/${group.id}/make-ups`, makeUp)).data).toMatchObject({
    streak: { length: 5 },
    remaining: 2,
  });
  const board = (await api.get(`/groups/${group.id}/leaderboard?board=streak`)).data;
  expect(board.items.map((row: { rank: number; value: number }) => [row.rank, row.value])).toEqual([
    [1, 5],
    [1, 5],
  ]);
  expect(board.items[0].user.id).toBe(ann.user.id);
  expect((await api.get(`/groups/${group.id}/calendar`)).data.days[1]).toEqual({
    day: '2026-03-02',
    due: 2,
    done: 2,
    rate: 1,
  });
  expect((await api.get(`/groups/${group.id}/days/2026-03-06`)).data).toMatchObject({ due: 2, done: 2 });
  expect((await api.get('/me/today')).data.items[0]).toMatchObject({ state: 'DONE', groupId: group.id });
  expect((await api.get(`/groups/${group.id}/stats`)).data).toMatchObject({ week: 10, total: 10 });
});
