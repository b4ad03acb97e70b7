import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import {
  type Differences,
  differences,
  isEmpty,
  type RecountedTable,
  type RecountOptions,
  RecountRun,
  wanted,
} from '../../common/recount.js';
import { Clock } from '../../common/time/clock.js';
import type { GroupDayRow } from './group-day.repository.js';
import type { Group } from './group.entity.js';
import { MembershipRepository } from './membership.repository.js';
import { addTo, faultOfSpells, membershipDrift, quotaDrift } from './recount-drift.js';
import { type MemberRecord, RecountRepository } from './recount.repository.js';
import { type RuleVersion, todayOf } from './rules/rule.js';

const TABLES = [
  'group_info',
  'membership_spells',
  'memberships',
  'make_up_quotas',
  'group_days',
  'group_invites',
] as const;
type Run = RecountRun<(typeof TABLES)[number]>;

/** A group in one recount. */
interface Scope {
  run: Run;
  group: Group;
  rules: RuleVersion[];
  today: string;
}

const BATCH = 100;

/**
 * Holds every counter and cache of the groups against the rows it comes from. It may run beside a server:
 * what differs at first sight is looked at once more with its writers locked out. Memory is that of a
 * hundred members' check-ins and of one group's days.
 */
@Injectable()
export class GroupRecountService {
  constructor(
    private readonly db: Database,
    private readonly repository: RecountRepository,
    private readonly memberships: MembershipRepository,
    private readonly clock: Clock,
  ) {}

  async recount(options: RecountOptions = {}): Promise<RecountedTable[]> {
    const run: Run = new RecountRun(this.db, options, TABLES);
    let group: Group | undefined;
    while ((group = await this.repository.findGroup(group?.id ?? 0))) {
      const rules = await this.repository.listRules(group.id);
      await this.recountGroup({ run, group, rules, today: todayOf(rules, this.clock.now()) });
    }
    await this.recountInvites(run);
    return run.result;
  }

  private async recountGroup(scope: Scope): Promise<void> {
    const days = new Map<string, GroupDayRow>();
    for (let after = 0; ;) {
      const records = await this.repository.listMembers(scope.group.id, after, BATCH);
      for (const record of records) {
        if (!isSound(scope, record)) await this.recountMember(scope, record.membership.userId);
        if (record.spells.at(-1)?.leftAt === null) addTo(days, record);
        scope.run.count('memberships', 1);
        scope.run.count('membership_spells', record.spells.length);
        scope.run.count('make_up_quotas', record.quotas.size);
      }
      if (records.length < BATCH) break;
      after = records.at(-1)!.membership.userId;
    }
    await this.recountDays(scope, days);
    await this.recountMembers(scope);
  }

  private async recountMember(scope: Scope, userId: number): Promise<void> {
    const { run, group } = scope;
    await this.db.transaction(async () => {
      await this.memberships.lock(group.id, userId);
      const [record] = await this.repository.listMembers(group.id, userId - 1, 1);
      if (record?.membership.userId !== userId) return;
      const where = `group ${group.id} user ${userId}`;
      const fault = faultOfSpells(record);
      // Spells are facts: nothing tells what they should be.
      if (fault) return run.drift('membership_spells', where, { spells: [fault, 'one after the other'] });
      const drift = driftOf(scope, record);
      await run.drift('memberships', where, drift, () =>
        this.repository.saveMembership(record.membership, wanted(drift)),
      );
      const quotas = quotaDrift(record);
      await run.drift('make_up_quotas', where, quotas, async () => {
        for (const [month, [, used]] of Object.entries(quotas))
          await this.repository.saveQuota(group.id, userId, month, used as number);
      });
    });
  }

  private async recountDays({ run, group }: Scope, days: Map<string, GroupDayRow>): Promise<void> {
    const stored = new Map((await this.repository.listDays(group.id)).map((row) => [row.day, row]));
    run.count('group_days', stored.size);
    for (const day of new Set([...stored.keys(), ...days.keys()])) {
      const none = { day, done: 0, memberDelta: 0 };
      if (isEmpty(differences(stored.get(day) ?? none, days.get(day) ?? none))) continue;
      await this.db.transaction(async () => {
        const is = await this.repository.lockDay(group.id, day);
        const should = await this.repository.countDay(group.id, day);
        await run.drift('group_days', `group ${group.id} day ${day}`, differences(is, should), () =>
          this.repository.saveDay(group.id, should),
        );
      });
    }
  }

  private async recountMembers({ run, group }: Scope): Promise<void> {
    run.count('group_info', 1);
    await this.db.transaction(async () => {
      const { memberCount, members } = await this.repository.lockMemberCount(group.id);
      const drift = differences({ memberCount }, { memberCount: members });
      await run.drift('group_info', `group ${group.id}`, drift, () =>
        this.repository.saveMemberCount(group.id, members),
      );
    });
  }

  private async recountInvites(run: Run): Promise<void> {
    run.count('group_invites', await this.repository.countInvites());
    for (const { id, uses, maxUses } of await this.repository.listWrongInvites()) {
      const should = uses < 0 ? 0 : maxUses!;
      await run.drift('group_invites', `invite ${id}`, differences({ uses }, { uses: should }), () =>
        this.repository.saveInviteUses(id, should),
      );
    }
  }
}

function isSound(scope: Scope, record: MemberRecord): boolean {
  return !faultOfSpells(record) && isEmpty(driftOf(scope, record)) && isEmpty(quotaDrift(record));
}

function driftOf({ group, rules, today }: Scope, record: MemberRecord): Differences {
  const { streaksSettledOn } = group;
  return membershipDrift(record, rules, today, streaksSettledOn !== null && streaksSettledOn >= today);
}
