import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { Clock } from '../../common/time/clock.js';
import { makeUpRefused, nothingMissed, quotaUsed, reasonTooShort } from './check-in.errors.js';
import { CheckInImages } from './check-in-images.js';
import { assertContent } from './check-in-text.js';
import { toCheckInDto } from './check-in.mapper.js';
import { CheckInRepository } from './check-in.repository.js';
import type { CreateMakeUpDto } from './dto/create-make-up.dto.js';
import type { MakeUpQuotaDto } from './dto/make-up-quota.dto.js';
import type { MakeUpResultDto } from './dto/make-up-result.dto.js';
import { GroupAccess, type MemberContext } from './group-access.js';
import { GroupDayRepository } from './group-day.repository.js';
import { MembershipRepository } from './membership.repository.js';
import { toDayNumber, toDayText, weekStartOf } from './rules/calendar-day.js';
import { eligibleMakeUps, makeUpRefusal } from './rules/make-up.js';
import { ruleOf, todayOf } from './rules/rule.js';
import { currentStreak } from './rules/streak.js';
import { StreakKeeper } from './streak-keeper.js';

@Injectable()
export class MakeUpService {
  constructor(
    private readonly db: Database,
    private readonly access: GroupAccess,
    private readonly checkIns: CheckInRepository,
    private readonly members: MembershipRepository,
    private readonly days: GroupDayRepository,
    private readonly streaks: StreakKeeper,
    private readonly images: CheckInImages,
    private readonly clock: Clock,
  ) {}

  async getMakeUpQuota(actor: Actor, groupId: number): Promise<MakeUpQuotaDto> {
    const context = await this.access.asMember(actor, groupId);
    const { rules } = context;
    const today = todayOf(rules, this.clock.now());
    const { allowed, monthlyLimit: limit, windowDays, minReasonLength } = ruleOf(rules, today).makeUp;
    const month = today.slice(0, 7);
    const used = await this.checkIns.countQuota(groupId, actor.id, month);
    const { spells, rows } = await this.recentFacts(context, today, windowDays);
    const remaining = allowed ? Math.max(0, limit - used) : 0;
    const eligibleDays = remaining > 0 ? eligibleMakeUps(rules, spells, rows, today) : [];
    return { allowed, limit, used, remaining, month, windowDays, minReasonLength, eligibleDays };
  }

  async createMakeUp(
    actor: Actor,
    groupId: number,
    { day, reason, imageIds = [] }: CreateMakeUpDto,
  ): Promise<MakeUpResultDto> {
    const now = this.clock.now();
    return this.db.transaction(async () => {
      // Parallel make-ups of one member would all rebuild from what the others have not written yet.
      await this.members.lock(groupId, actor.id);
      const context = await this.access.asMember(actor, groupId);
      const { rules, membership } = context;
      const today = todayOf(rules, now);
      const { windowDays, minReasonLength, monthlyLimit } = ruleOf(rules, today).makeUp;
      const { spells, rows } = await this.recentFacts(context, day < today ? day : today, windowDays);
      const refusal = makeUpRefusal(rules, spells, rows, day, today);
      if (refusal) throw makeUpRefused(refusal, windowDays);
      assertContent(membership, { text: reason, imageIds }, now, {
        minLength: minReasonLength,
        tooShort: reasonTooShort,
        // A day that is past can often not be photographed any more.
        imageRequired: false,
      });

      const row = { groupId, userId: actor.id, day, kind: 'makeup' as const, note: reason, checkedAt: now };
      const id = await this.checkIns.create({ ...row, madeOn: today });
      if (id === undefined) throw nothingMissed();
      const images = await this.images.attach(actor, groupId, id, imageIds);
      const month = today.slice(0, 7);
      if (!(await this.checkIns.useQuota(groupId, actor.id, month, monthlyLimit)))
        throw quotaUsed(monthlyLimit);
      const cache = await this.streaks.rebuild(membership, rules, today);
      await this.days.addDone(groupId, day, 1);
      return {
        checkIn: toCheckInDto({ ...row, id, images }, this.images.showing(actor, context)),
        streak: currentStreak(cache, rules, membership.stretchFrom, today),
        total: cache.total,
        remaining: Math.max(0, monthlyLimit - (await this.checkIns.countQuota(groupId, actor.id, month))),
      };
    });
  }

  /** Spells, and the check-ins that decide what was missed: whole weeks, since times per week go by weeks. */
  private async recentFacts(
    { membership: { groupId, userId } }: MemberContext,
    day: string,
    windowDays: number,
  ) {
    const from = toDayText(Math.max(0, weekStartOf(toDayNumber(day) - windowDays)));
    return {
      spells: await this.members.listSpells(groupId, userId),
      rows: await this.checkIns.listFacts(groupId, userId, from),
    };
  }
}
