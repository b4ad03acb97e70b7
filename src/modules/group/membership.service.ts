import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { Clock } from '../../common/time/clock.js';
import { ApplicationRepository } from './application.repository.js';
import { BanRepository } from './ban.repository.js';
import type { GroupContext, MembershipRow } from './group-context.js';
import { GroupDayRepository } from './group-day.repository.js';
import { alreadyMember, banned, groupFull, memberNotFound } from './group.errors.js';
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
    private readonly db: Database,
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
    if (await this.bans.isBanned(group.id, userId, now)) throw banned();
    // Before the count: in a full group a member should be told that he is one.
    const former = await this.memberships.find(group.id, userId);
    if (former?.active) throw alreadyMember();
    if (!(await this.groups.addMember(group.id))) throw groupFull();
    await (former
      ? this.comeBack(former, rules, today, now)
      : this.comeNew(group.id, userId, role, today, now));
    await this.days.addMember(group.id, userId, await this.memberships.listSpells(group.id, userId), 1);
    await this.applications.closePending(group.id, userId, 'withdrawn', now);
  }

  private async comeNew(groupId: number, userId: number, role: GroupRole, today: string, now: Date) {
    try {
      await this.memberships.insert({
        groupId,
        userId,
        role,
        active: true,
        joinedAt: now,
        stretchFrom: today,
      });
    } catch (error) {
      if (this.db.duplicateKey(error) === 'uq_memberships_group_user') throw alreadyMember();
      throw error;
    }
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
    const changes = { role: 'member' as const, joinedAt: now, stretchFrom };
    if (!(await this.memberships.reactivate(id, changes))) throw alreadyMember();
    const cache = settled(applyJoin(streakOf(former), stretchFrom), rules, stretchFrom, today);
    await this.memberships.saveStreak(former, cache, former.lastCheckedAt);
  }

  /** @throws MEMBER_NOT_FOUND when the person is not a member (any more) */
  async leave({ group, rules }: GroupContext, userId: number): Promise<void> {
    const now = this.clock.now();
    await this.groups.removeMember(group.id);
    if (!(await this.memberships.deactivate(group.id, userId, now))) throw memberNotFound();
    // With the last spell still open, as it was counted.
    await this.days.addMember(group.id, userId, await this.memberships.listSpells(group.id, userId), -1);
    await this.memberships.closeSpell(group.id, userId, todayOf(rules, now), now);
  }
}
