import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, actorOf } from '../../src/common/auth/actor.js';
import { DatabaseError } from '../../src/common/database/database.js';
import { ConcurrentWriteError } from '../../src/common/database/database-error.js';
import { AppError } from '../../src/common/errors/app-error.js';
import { CheckInService } from '../../src/modules/group/check-in.service.js';
import { BOARDS } from '../../src/modules/group/dto/leaderboard-query.dto.js';
import type { UpdateCheckInRuleDto } from '../../src/modules/group/dto/update-check-in-rule.dto.js';
import { GroupRecountService } from '../../src/modules/group/group-recount.service.js';
import { GroupService } from '../../src/modules/group/group.service.js';
import { GroupStatisticsService } from '../../src/modules/group/group-statistics.service.js';
import { InviteService } from '../../src/modules/group/invite.service.js';
import { LeaderboardService } from '../../src/modules/group/leaderboard.service.js';
import { MakeUpService } from '../../src/modules/group/make-up.service.js';
import { MemberService } from '../../src/modules/group/member.service.js';
import { MemberStatisticsService } from '../../src/modules/group/member-statistics.service.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { databaseKind } from '../support/database.js';
import { Random, randomSeed } from '../support/random.js';

const OPERATIONS = 5_000;
const USERS = 12;
const HOUR_MS = 3_600_000;

const RULES: UpdateCheckInRuleDto[] = [
  { timeZone: 'Asia/Shanghai' },
  { timeZone: 'Europe/Berlin', schedule: 'weekdays', weekdays: [1, 2, 3, 4, 5], dayStartHour: 3 },
  { timeZone: 'America/New_York', schedule: 'perWeek', timesPerWeek: 3 },
  { timeZone: 'Pacific/Kiritimati', schedule: 'perWeek', timesPerWeek: 1, dayStartHour: 6 },
  { timeZone: 'Pacific/Honolulu', schedule: 'weekdays', weekdays: [2, 6] },
];
const GENEROUS = { makeUpWindowDays: 31, makeUpMonthlyLimit: 6, makeUpMinReasonLength: 0 };

const WEIGHTS = {
  checkIn: 40,
  undo: 10,
  makeUp: 16,
  join: 8,
  leave: 4,
  kick: 2,
  ban: 1,
  liftBan: 2,
  invite: 2,
  changeRule: 2,
  leaderboard: 5,
  groupCalendar: 2,
  dayBoard: 2,
  groupStats: 2,
  memberStats: 2,
};

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

const service = <T>(type: new (...args: never[]) => T): T => t.app.get<T>(type, { strict: false });

it(`finds every counter and cache exact after ${OPERATIONS} random operations, many of them at once`, async () => {
  const seed = randomSeed();
  const failed = (what: string) => `${what} (repeat with TEST_SEED=${seed} on ${databaseKind})`;
  const random = new Random(seed);
  const actors = (await t.world.usersOf(USERS)).map(actorOf);
  const groups: { id: number; owner: Actor }[] = [];
  for (const [index, rule] of RULES.entries()) {
    const owner = actors[index]!;
    const group = { categoryId: 1, name: `group ${index}`, maxMembers: index === 0 ? 8 : USERS };
    const dto = { ...group, rule: { ...GENEROUS, ...rule } as UpdateCheckInRuleDto & { timeZone: string } };
    groups.push({ id: (await service(GroupService).createGroup(owner, dto)).id, owner });
  }
  const recent = new Map<string, number>();
  const outcomes = { done: 0, refused: 0, conflicts: 0 };

  const operate = async (where: typeof groups, who: Actor[]): Promise<unknown> => {
    const { id: groupId, owner } = random.pick(where);
    const actor = random.pick(who);
    const key = `${groupId} ${actor.id}`;
    const isoDay = (daysAgo: number) =>
      new Date(t.clock.now().getTime() - daysAgo * 24 * HOUR_MS).toISOString().slice(0, 10);
    switch (random.weighted(WEIGHTS)) {
      case 'checkIn': {
        const { checkIn } = await service(CheckInService).checkIn(actor, groupId, {});
        return recent.set(key, checkIn.id);
      }
      case 'undo':
        return service(CheckInService).withdrawCheckIn(actor, groupId, recent.get(key) ?? 1);
      case 'makeUp': {
        const dto = { day: isoDay(1 + random.below(6)), reason: 'because' };
        const { checkIn } = await service(MakeUpService).createMakeUp(actor, groupId, dto);
        return recent.set(key, checkIn.id);
      }
      case 'join':
        return service(MemberService).joinGroup(actor, groupId, {});
      case 'leave':
        return service(MemberService).leaveGroup(actor, groupId);
      case 'kick':
        return service(MemberService).removeMember(owner, groupId, actor.id, {});
      case 'ban':
        return service(MemberService).removeMember(owner, groupId, actor.id, { ban: true });
      case 'liftBan':
        return service(MemberService).liftBan(owner, groupId, actor.id);
      case 'invite': {
        const { token } = await service(InviteService).createInvite(owner, groupId, { maxUses: 1 });
        const guests = [actor, random.pick(who)];
        return Promise.allSettled(guests.map((guest) => service(InviteService).acceptInvite(guest, token)));
      }
      case 'changeRule':
        return service(GroupService).updateGroup(owner, groupId, { rule: random.pick(RULES) });
      case 'leaderboard': {
        const query = { board: random.pick(BOARDS), limit: 5 };
        return service(LeaderboardService).getLeaderboard(actor, groupId, query);
      }
      case 'groupCalendar':
        return service(GroupStatisticsService).getGroupCalendar(actor, groupId, {});
      case 'dayBoard': {
        const query = { state: random.pick(['done', 'pending'] as const), limit: 5 };
        return service(GroupStatisticsService).getDayBoard(actor, groupId, isoDay(random.below(9)), query);
      }
      case 'groupStats':
        return service(GroupStatisticsService).getGroupStats(actor, groupId);
      case 'memberStats':
        return service(MemberStatisticsService).getMemberStats(actor, groupId, actor.id);
    }
  };
  const attempt = (where = groups, who = actors) =>
    operate(where, who).then(
      () => outcomes.done++,
      (error: unknown) => {
        if (error instanceof AppError && error.status < 500) return outcomes.refused++;
        // Tried four times and in vain: a client would be told to try again.
        const conflict = error instanceof DatabaseError && error.kind === 'retry';
        if (conflict || error instanceof ConcurrentWriteError) return outcomes.conflicts++;
        throw new Error(failed('an operation failed'), { cause: error });
      },
    );

  for (let done = 0; done < OPERATIONS;) {
    // At once: by a few people in one group, where they get in each other's way.
    const burst = Math.min(OPERATIONS - done, random.chance(30) ? 2 + random.below(9) : 1);
    const [where, who] = burst > 1 ? [[random.pick(groups)], [random.pick(actors), random.pick(actors)]] : [];
    await Promise.all(Array.from({ length: burst }, () => attempt(where, who)));
    done += burst;
    if (random.chance(4)) t.clock.advance(random.below(30) * HOUR_MS);
    if (done % 1_000 < burst) await expectNoDrift(failed(`after ${done} operations`));
  }
  expect(outcomes.done, failed('too little happened')).toBeGreaterThan(OPERATIONS / 3);
  expect(outcomes.conflicts, failed('too many conflicts')).toBeLessThan(OPERATIONS / 100);
  for (const { id, owner } of groups) await expectAgreement(id, owner, failed(`group ${id}`));
}, 120_000);

async function expectNoDrift(when: string): Promise<void> {
  const drift: string[] = [];
  const tables = await service(GroupRecountService).recount({ onDrift: (what) => drift.push(what) });
  expect(drift, when).toEqual([]);
  expect(tables.map(({ checked }) => checked > 0).filter(Boolean).length, when).toBeGreaterThan(3);
}

/** Boards and the group's calendar against what the members' own pages say. */
async function expectAgreement(groupId: number, owner: Actor, where: string): Promise<void> {
  const calendar = await service(GroupStatisticsService).getGroupCalendar(owner, groupId, {});
  const board = await service(LeaderboardService).getLeaderboard(owner, groupId, {
    board: 'streak',
    limit: 100,
  });
  const members = await service(MemberService).listMembers(owner, groupId, { limit: 100 });
  const { rule } = await service(GroupService).getGroup(owner, groupId);
  const streaks: [number, number][] = [];
  const due = new Map<string, number>();
  const done = new Map<string, number>();
  for (const { user } of members.items) {
    const statistics = service(MemberStatisticsService);
    const { streak } = await statistics.getMemberStats(owner, groupId, user.id);
    if (streak.length > 0) streaks.push([user.id, streak.length]);
    const [first, last] = [calendar.days[0]!.day, calendar.days.at(-1)!.day];
    const mine = await statistics.getMemberCalendar(owner, groupId, user.id, { from: first, to: last });
    for (const { day, state } of mine.days) {
      if (['DONE', 'MAKEUP'].includes(state)) done.set(day, (done.get(day) ?? 0) + 1);
      if (['DONE', 'MAKEUP', 'MISSED', 'PENDING'].includes(state)) due.set(day, (due.get(day) ?? 0) + 1);
    }
  }
  expect(board.items.map(({ user, value }) => [user.id, value]).toSorted(byId), where).toEqual(
    streaks.toSorted(byId),
  );
  for (const figures of calendar.days) {
    expect(figures.done, `${where} ${figures.day}`).toBe(done.get(figures.day) ?? 0);
    // With times per week the calendar counts everybody, and weeks that owe nothing any more differ.
    if (rule.schedule !== 'perWeek' && rule.effectiveFrom <= figures.day)
      expect(figures.due, `${where} ${figures.day}`).toBe(due.get(figures.day) ?? 0);
  }
}

const byId = (a: (number | undefined)[], b: (number | undefined)[]) => a[0]! - b[0]!;
