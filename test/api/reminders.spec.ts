import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { Jobs } from '../../src/common/jobs/jobs.js';
import { ReminderService } from '../../src/modules/group/reminder.service.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectStatus, type GroupSettings, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let cat: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, cat] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
});
afterAll(() => t.close());

const found = (settings: GroupSettings = {}) =>
  t.world.group(ann, { members: [ben, cat], reminderHour: 20, ...settings });
const run = () => t.app.get(Jobs).runNow('reminders');
const runAt = (instant: string) => {
  t.clock.set(instant);
  return run();
};
/** Nicknames of those who have been reminded of the group, one entry for each message. */
const reminded = async (groupId: number) => {
  const rows = await t.app.get(Database).rows<{ nickname: string }>(
    `select u.nickname from messages m join users u on u.id = m.user_id
     where m.type = 'reminder' and m.target_id = ? and m.group_id = ?`,
    [groupId, groupId],
  );
  return rows.map(({ nickname }) => nickname).sort();
};
const names = (...users: TestUser[]) => users.map(({ nickname }) => nickname);

it('is a setting of the owner, and off unless it is set', async () => {
  const plain = await t.world.group(ann);
  expect(plain.reminderHour).toBeNull();
  const { id, reminderHour } = await found();
  expect(reminderHour).toBe(20);
  const change = (hour: unknown) => t.api.as(ann).patch(`/groups/${id}`, { reminderHour: hour });
  expect(expectStatus(200, await change(0)).data.reminderHour).toBe(0);
  expect(expectStatus(200, await change(null)).data.reminderHour).toBeNull();
  for (const rubbish of [24, -1, 8.5, '8', true]) {
    expect(await change(rubbish)).toMatchObject({
      status: 400,
      fields: { reminderHour: [expect.any(String)] },
    });
  }
  expectStatus(200, await t.api.as(ann).patch(`/groups/${id}/members/${ben.id}`, { role: 'admin' }));
  expect((await t.api.as(ben).patch(`/groups/${id}`, { reminderHour: 8 })).status).toBe(403);
});

it('tells those who have not checked in, once a day, at the hour of the group’s clock', async () => {
  t.clock.set('2026-03-02T04:00:00.000Z');
  const { id } = await found();
  await t.world.checkIn(id, ben);
  await runAt('2026-03-02T11:59:00.000Z');
  expect(await reminded(id)).toEqual([]);
  await runAt('2026-03-02T12:00:00.000Z');
  expect(await reminded(id)).toEqual(names(ann, cat));
  await runAt('2026-03-02T12:10:00.000Z');
  expect(await reminded(id)).toEqual(names(ann, cat));
  const message = (await t.api.as(cat).get('/messages?type=reminder')).data.items[0];
  expect(message).toMatchObject({
    type: 'reminder',
    actor: null,
    target: { type: 'group', id },
    place: { type: 'group', id },
    groupId: id,
    title: 'Every day',
    unread: true,
  });
  await runAt('2026-03-03T12:00:00.000Z');
  expect(await reminded(id)).toEqual(names(ann, ann, ben, cat, cat));
});

it('is sent by one of two processes that come at once', async () => {
  t.clock.set('2026-03-04T04:00:00.000Z');
  const { id } = await found();
  t.clock.set('2026-03-04T12:00:00.000Z');
  const reminders = t.app.get(ReminderService, { strict: false });
  await Promise.all([1, 2, 3, 4].map(() => reminders.remindAll(t.clock.now())));
  expect(await reminded(id)).toEqual(names(ann, ben, cat));
});

it('follows the zone of the group, and its day where that begins after midnight', async () => {
  t.clock.set('2026-03-05T04:00:00.000Z');
  const york = await found({ rule: { timeZone: 'America/New_York' } });
  const night = await found({ reminderHour: 1, rule: { dayStartHour: 4 } });
  await runAt('2026-03-05T16:30:00.000Z');
  expect(await reminded(night.id)).toEqual([]);
  await runAt('2026-03-05T17:00:00.000Z');
  expect(await reminded(night.id)).toEqual(names(ann, ben, cat));
  expect(await reminded(york.id)).toEqual([]);
  await runAt('2026-03-06T00:59:00.000Z');
  expect(await reminded(york.id)).toEqual([]);
  await runAt('2026-03-06T01:00:00.000Z');
  expect(await reminded(york.id)).toEqual(names(ann, ben, cat));
});

it('is silent on days off, in groups that are gone, and to those who have left or want none', async () => {
  t.clock.set('2026-03-07T04:00:00.000Z');
  const weekdays = await found({ rule: { schedule: 'weekdays', weekdays: [1, 2, 3, 4, 5] } });
  const gone = await found();
  const left = await found();
  expectStatus(200, await t.api.as(ann).delete(`/groups/${gone.id}`));
  expectStatus(200, await t.api.as(ben).delete(`/groups/${left.id}/members/me`));
  expectStatus(200, await t.api.as(cat).patch('/me/message-settings', { reminder: false }));
  await runAt('2026-03-07T12:00:00.000Z');
  expect(await reminded(weekdays.id)).toEqual([]);
  expect(await reminded(gone.id)).toEqual([]);
  expect(await reminded(left.id)).toEqual(names(ann));
  expectStatus(200, await t.api.as(cat).patch('/me/message-settings', { reminder: true }));
  await runAt('2026-03-09T12:00:00.000Z');
  expect(await reminded(weekdays.id)).toEqual(names(ann, ben, cat));
});

it('with times per week tells those whose week is still open', async () => {
  t.clock.set('2026-03-16T04:00:00.000Z');
  const { id } = await found({ rule: { schedule: 'perWeek', timesPerWeek: 1 } });
  await t.world.checkIn(id, ben);
  await runAt('2026-03-17T12:00:00.000Z');
  expect(await reminded(id)).toEqual(names(ann, cat));
});
