import type { INestApplicationContext } from '@nestjs/common';
import { actorOf, type Actor } from '../common/auth/actor.js';
import { Database } from '../common/database/database.js';
import type { FixedClock } from '../common/time/clock.js';
import { normaliseKey } from '../common/validation/normalise-key.js';
import { CheckInService } from '../modules/group/check-in.service.js';
import { GroupHeat } from '../modules/group/group-heat.js';
import { GroupRepository } from '../modules/group/group.repository.js';
import { GroupService } from '../modules/group/group.service.js';
import { MakeUpService } from '../modules/group/make-up.service.js';
import { MemberService } from '../modules/group/member.service.js';
import { MembershipService } from '../modules/group/membership.service.js';
import { acceptsCheckIn, dayStartsAt, type RuleVersion, todayOf } from '../modules/group/rules/rule.js';
import { toDayNumber, toDayText } from '../modules/group/rules/calendar-day.js';
import { PasswordHasher } from '../modules/user/password-hasher.js';
import { UserRepository } from '../modules/user/user.repository.js';
import { UserService } from '../modules/user/user.service.js';
import { DEMO_GROUPS, DEMO_PASSWORD, type DemoGroup, NICKNAMES, phoneOf } from './demo-data.js';
import { Random } from './random.js';
import { addPictures, communityActs } from './seed-community.js';

const DAYS = 365;
const HOUR_MS = 3_600_000;

interface Habit {
  actor: Actor;
  /** Days of the year counted from 0. */
  joins: number;
  leaves: number;
  returns: number;
  /** How likely a check-in is on a day. */
  diligence: number;
  /** How likely a missed day is made up. */
  regret: number;
  /** Usual hour after the day's start. */
  hour: number;
}

export interface Act {
  at: number;
  run: () => Promise<unknown>;
}

/**
 * A year of demo data that ends now: made by the product's own services at the hands of a clock, so that
 * it obeys every rule. The same numbers every time; one transaction, so that it is there whole or not at all.
 * @returns false when it is there already
 */
export async function seed(app: INestApplicationContext, clock: FixedClock, now: Date): Promise<boolean> {
  const users = app.get(UserRepository, { strict: false });
  if (await users.findByPhone(phoneOf(0))) return false;
  // Slow on purpose, so before the transaction; one hash serves all, as the password is the same.
  const passwordHash = await app.get(PasswordHasher, { strict: false }).hash(DEMO_PASSWORD);
  let groups: number[] = [];
  let people: Actor[] = [];
  await app.get(Database).transaction(async () => {
    const random = new Random(20_260_131);
    clock.set(new Date(now.getTime() - (DAYS + 1) * 24 * HOUR_MS));
    people = await registerPeople(app, clock, passwordHash);
    const acts: Act[] = [];
    groups = [];
    for (const group of DEMO_GROUPS) {
      const founded = await foundGroup(app, group, people, random, now);
      groups.push(founded.id);
      acts.push(...founded.acts);
    }
    acts.push(...communityActs(app, groups, people, now));
    acts.sort((a, b) => a.at - b.at);
    for (const act of acts) {
      clock.set(new Date(act.at));
      await act.run();
    }
    clock.set(now);
  });
  await warmGroups(app, clock);
  await addPictures(app, groups, people);
  return true;
}

/** The hot scores follow check-ins once a minute of the clock, and the transaction's hooks all ran at its end. */
async function warmGroups(app: INestApplicationContext, clock: FixedClock): Promise<void> {
  clock.advance(60_000);
  const groups = app.get(GroupRepository, { strict: false });
  const heat = app.get(GroupHeat, { strict: false });
  for (const id of await groups.listIds()) {
    const { rules } = (await groups.findContext(id, 0))!;
    await heat.warm(id, todayOf(rules, clock.now()));
  }
}

async function registerPeople(app: INestApplicationContext, clock: FixedClock, passwordHash: string) {
  const users = app.get(UserRepository, { strict: false });
  const people: Actor[] = [];
  for (const [index, nickname] of NICKNAMES.entries()) {
    const id = await users.insert({
      phone: phoneOf(index),
      passwordHash,
      nickname,
      nicknameKey: normaliseKey(nickname),
      gender: 'unknown',
      birthday: null,
      province: null,
      city: null,
      createdAt: clock.now(),
    });
    people.push(actorOf({ id, sessionId: 0, role: 'user' }));
  }
  const [moderator, admin] = people.slice(-2);
  const service = app.get(UserService, { strict: false });
  await service.assignRole(null, moderator!.id, 'moderator');
  await service.assignRole(null, admin!.id, 'admin');
  return people;
}

/** Founds a group and returns all that will happen in it. */
async function foundGroup(
  app: INestApplicationContext,
  { dto, members, applicants = [], notes }: DemoGroup,
  people: Actor[],
  random: Random,
  now: Date,
): Promise<{ id: number; acts: Act[] }> {
  const [owner, admin] = members.map((index) => people[index]!);
  const { id } = await app.get(GroupService, { strict: false }).createGroup(owner!, dto);
  const { rules } = (await app.get(GroupRepository, { strict: false }).findContext(id, owner!.id))!;
  const acts: Act[] = [];
  for (const [position, index] of members.entries()) {
    const habit = habitOf(people[index]!, position, random);
    acts.push(...(await yearOf(app, id, rules, habit, owner!, notes, random)));
  }
  const membership = app.get(MemberService, { strict: false });
  const promote = () => membership.updateMember(owner!, id, admin!.id, { role: 'admin' });
  acts.push({ at: now.getTime() - 300 * 24 * HOUR_MS, run: promote });
  for (const index of applicants) {
    const apply = () => membership.joinGroup(people[index]!, id, { reason: '想和大家一起坚持' });
    acts.push({ at: now.getTime() - random.int(2, 60) * HOUR_MS, run: apply });
  }
  return { id, acts: acts.filter(({ at }) => at <= now.getTime()) };
}

/** The owner and the admin stay; of the others some leave, and of these some come back. */
function habitOf(actor: Actor, position: number, random: Random): Habit {
  const joins = position < 2 ? 0 : random.int(1, 240);
  const leaves = position >= 2 && random.chance(0.2) ? joins + random.int(20, 100) : Infinity;
  return {
    actor,
    joins,
    leaves,
    returns: random.chance(0.5) ? leaves + random.int(5, 40) : Infinity,
    diligence: random.pick([0.55, 0.75, 0.85, 0.93, 0.97]),
    regret: random.pick([0, 0.2, 0.6]),
    hour: random.int(2, 17),
  };
}

async function yearOf(
  app: INestApplicationContext,
  groupId: number,
  rules: RuleVersion[],
  habit: Habit,
  owner: Actor,
  notes: readonly string[],
  random: Random,
): Promise<Act[]> {
  const { actor, joins, leaves, returns } = habit;
  const groups = app.get(GroupRepository, { strict: false });
  const membership = app.get(MembershipService, { strict: false });
  const members = app.get(MemberService, { strict: false });
  const checkIns = app.get(CheckInService, { strict: false });
  const makeUps = app.get(MakeUpService, { strict: false });
  const { makeUp, schedule } = rules[0]!;

  const enter = async () => membership.enter((await groups.findContext(groupId, actor.id))!, actor.id);
  const repent = async (day: string) => {
    // Asked first: a refusal in the middle of the one transaction would leave half of it behind.
    const { eligibleDays } = await makeUps.getMakeUpQuota(actor, groupId);
    if (eligibleDays.includes(day))
      await makeUps.createMakeUp(actor, groupId, { day, reason: '出差在飞机上' });
  };

  const acts: Act[] = [];
  const firstDay = toDayNumber(rules[0]!.effectiveFrom);
  for (let n = 0; n <= DAYS + 1; n++) {
    const day = toDayText(firstDay + n);
    const start = dayStartsAt(rules, day).getTime();
    if (actor !== owner && (n === joins || n === returns)) acts.push({ at: start + HOUR_MS, run: enter });
    if (n === leaves) acts.push({ at: start + HOUR_MS, run: () => members.leaveGroup(actor, groupId) });
    const belongs = n >= joins && (n < leaves || n >= returns);
    if (!belongs || !acceptsCheckIn(rules, day)) continue;
    const eager =
      schedule.kind === 'perWeek' ? (habit.diligence * (schedule.times + 0.5)) / 7 : habit.diligence;
    if (random.chance(eager)) {
      const at = start + Math.min(23, Math.max(1.1, habit.hour + random.next() * 3)) * HOUR_MS;
      const note = random.pick(notes);
      acts.push({ at, run: () => checkIns.checkIn(actor, groupId, { note }) });
    } else if (makeUp.allowed && n + 1 < leaves && random.chance(habit.regret)) {
      acts.push({ at: start + 26 * HOUR_MS, run: () => repent(day) });
    }
  }
  return acts;
}
