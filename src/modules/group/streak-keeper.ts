import { Injectable } from '@nestjs/common';
import type { MembershipRow } from './group-context.js';
import { CheckInRepository } from './check-in.repository.js';
import { MembershipRepository } from './membership.repository.js';
import { rebuild, settled, type StreakCache } from './rules/streak.js';
import type { RuleVersion } from './rules/rule.js';

/** Rebuilds a membership's cache from its rows where adding to it will not do: make-ups and withdrawals. */
@Injectable()
export class StreakKeeper {
  constructor(
    private readonly members: MembershipRepository,
    private readonly checkIns: CheckInRepository,
  ) {}

  async rebuild(
    membership: Omit<MembershipRow, 'active'>,
    rules: readonly RuleVersion[],
    today: string,
  ): Promise<StreakCache> {
    const { groupId, userId, stretchFrom } = membership;
    const spells = await this.members.listSpells(groupId, userId);
    const rows = await this.checkIns.listFacts(groupId, userId);
    const cache = settled(rebuild(rules, spells, rows), rules, stretchFrom, today);
    const latest = rows.reduce((ms, { at }) => Math.max(ms, at!.getTime()), 0);
    await this.members.saveStreak(membership, cache, latest === 0 ? null : new Date(latest));
    return cache;
  }
}
