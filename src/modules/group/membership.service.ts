import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { ApplicationRepository } from './application.repository.js';
import { BanRepository } from './ban.repository.js';
import type { GroupContext, MembershipRow } from './group-context.js';
import { GroupDayRepository } from './group-day.repository.js';
import { alreadyMember, banned, groupFull } from './group.errors.js';
import { GroupRepository } from './group.repository.js';
import { type GroupRole } from './membership.entity.js';
import { MembershipRepository, streakOf } from './membership.repository.js';
import { stretchStartOf } from './rules/membership-spells.js';
import { type RuleVersion, todayOf } from './rules/rule.js';
import { applyJoin, settled } from './rules/streak.js';

/**
 * How a person comes into a group and goes out of it, whatever the way: places, spells, counters, streak.
 * Every method joins the caller's transaction and locks in one order: group, membership, days.
 */
@Injectable()
export class MembershipService {
  constructor(
    private readonly groups: GroupRepository,
    private readonly memberships: MembershipRepository,
    private readonly days: GroupDayRepository,
    private readonly applications: ApplicationRepository,
    private readonly bans: BanRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes a place in the group; a former member finds his history again. */
  async enter({ group, rules }: GroupContext, userId: number, role: GroupRole = 'member'): Promise<void> {
    const now = this.clock.now();
    const today = todayOf(rules, now);
    const hasPlace = await this.groups.addMember(group.id);
    // Read behind the lock that the count has taken: nobody can come in or be banned meanwhile.
    if (await this.bans.find(group.id, userId, now)) throw banned();
    const former = await this.memberships.find(group.id, userId);
    if (former?.active) throw alreadyMember();
    if (!hasPlace) throw groupFull();
    await (former
      ? this.comeBack(former, rules, today, now)
      : this.comeNew(group.id, userId, role, today, now));
    await this.days.addMember(group.id, userId, await this.memberships.listSpells(group.id, userId), 1);
    await this.applications.closePending(group.id, userId, 'withdrawn', now);
  }

  private async comeNew(groupId: number, userId: number, role: GroupRole, today: string, now: Date) {
    await this.memberships.insert({
      groupId,
      userId,
      role,
      active: true,
      joinedAt: now,
      stretchFrom: today,
    });
    await this.memberships.openSpell(groupId, userId, today, now);
  }

  private async comeBack(
    former: Omit<MembershipRow, 'active'>,
    rules: readonly RuleVersion[],
    today: string,
    now: Date,
  ): Promise<void> {
    const { id, groupId, userId } = former;
    await this.memberships.openSpell(groupId, userId, today, now);
    const stretchFrom = stretchStartOf(await this.memberships.listSpells(groupId, userId))!;
    await this.memberships.reactivate(id, { role: 'member', joinedAt: now, stretchFrom });
    const cache = settled(applyJoin(streakOf(former), stretchFrom), rules, stretchFrom, today);
    await this.memberships.saveStreak(former, cache, former.lastCheckedAt);
  }

  /** For one who was found to be a member and not the owner; if he is no more, the transaction is tried again. */
  async leave({ group, rules }: GroupContext, userId: number): Promise<void> {
    const now = this.clock.now();
    await this.groups.removeMember(group.id);
    await this.memberships.deactivate(group.id, userId, now);
    // With the last spell still open, as it was counted.
    await this.days.addMember(group.id, userId, await this.memberships.listSpells(group.id, userId), -1);
    await this.memberships.closeSpell(group.id, userId, todayOf(rules, now), now);
  }
}
