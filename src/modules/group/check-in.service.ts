import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { instantOf, isoOf } from '../../common/database/values.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { Clock } from '../../common/time/clock.js';
import { CheckInMade, CheckInWithdrawn } from './check-in-events.js';
import { checkInNotFound, notDueToday, noteTooShort, undoTooLate } from './check-in.errors.js';
import { CheckInImages } from './check-in-images.js';
import { assertContent } from './check-in-text.js';
import { toCheckInDto, toFeedItemDto } from './check-in.mapper.js';
import { CheckInRepository } from './check-in.repository.js';
import type { CheckInResultDto } from './dto/check-in-result.dto.js';
import type { CreateCheckInDto } from './dto/create-check-in.dto.js';
import type { FeedItemDto } from './dto/feed-item.dto.js';
import type { ListFeedQueryDto } from './dto/list-feed-query.dto.js';
import { GroupAccess, type MemberContext } from './group-access.js';
import { GroupDayRepository } from './group-day.repository.js';
import { GroupHeat } from './group-heat.js';
import { GroupRepository } from './group.repository.js';
import { noPermission } from './group.errors.js';
import { MembershipRepository, streakOf } from './membership.repository.js';
import { acceptsCheckIn, dayEndsAt, ruleOf, todayOf } from './rules/rule.js';
import { applyCheckIn, currentStreak, type StreakCache } from './rules/streak.js';
import { StreakKeeper } from './streak-keeper.js';

@Injectable()
export class CheckInService {
  constructor(
    private readonly db: Database,
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly checkIns: CheckInRepository,
    private readonly members: MembershipRepository,
    private readonly days: GroupDayRepository,
    private readonly streaks: StreakKeeper,
    private readonly heat: GroupHeat,
    private readonly images: CheckInImages,
    private readonly events: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /** For the group's today, which only the server knows. The second call finds the first one's check-in. */
  async checkIn(
    actor: Actor,
    groupId: number,
    { note = '', imageIds = [] }: CreateCheckInDto,
  ): Promise<CheckInResultDto> {
    const now = this.clock.now();
    return this.db.transaction(async () => {
      let context = await this.access.asMember(actor, groupId);
      const { rules, membership } = context;
      const today = todayOf(rules, now);
      if (membership.lastDay !== today) {
        assertWelcome(context, today, { text: note, imageIds }, now);
        const becomesPost = Boolean(context.group.checkInPosts) && note !== '';
        // The post will be counted in the group's row, which comes first in the order of locks.
        if (becomesPost) await this.groups.lock(groupId);
        const row = { groupId, userId: actor.id, day: today, kind: 'normal' as const, note, checkedAt: now };
        const id = await this.checkIns.create({ ...row, madeOn: today });
        if (id !== undefined) {
          const images = await this.images.attach(actor, groupId, id, imageIds);
          const cache = await this.addToStreak(context, today, now);
          await this.days.addDone(groupId, today, 1);
          if (becomesPost) await this.events.publish(new CheckInMade({ ...row, id, images }));
          this.db.afterCommit(() => this.heat.warm(groupId, today));
          return this.toResult(actor, context, today, { ...row, id, images }, cache, true);
        }
        // A parallel request was faster: what it has made of the streak is to be told.
        context = await this.access.asMember(actor, groupId);
      }
      const row = (await this.checkIns.findOfDay(groupId, actor.id, today))!;
      return this.toResult(actor, context, today, row, streakOf(context.membership), false);
    });
  }

  private async addToStreak({ rules, membership }: MemberContext, today: string, now: Date) {
    const { lastDay, stretchFrom, lastCheckedAt } = membership;
    // Of two servers one may be a moment behind the other, and so a day at midnight.
    if (lastDay !== null && lastDay > today) return this.streaks.rebuild(membership, rules, today);
    const cache = applyCheckIn(streakOf(membership), rules, stretchFrom, today);
    const last = lastCheckedAt === null ? now : instantOf(lastCheckedAt);
    await this.members.saveStreak(membership, cache, last > now ? last : now);
    return cache;
  }

  /** By its author, until the day on which it was made ends. */
  async withdrawCheckIn(actor: Actor, groupId: number, id: number): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      // Its post, if it has one, is counted in the group's row.
      await this.groups.lock(groupId);
      await this.members.lock(groupId, actor.id);
      const { rules, membership } = await this.access.asMember(actor, groupId);
      const row = await this.checkIns.find(groupId, id);
      if (!row) throw checkInNotFound();
      if (row.userId !== actor.id) throw noPermission();
      const today = todayOf(rules, now);
      if (row.madeOn !== today) throw undoTooLate();
      if (!(await this.checkIns.withdraw(id))) return;
      await this.images.detach(row);
      if (row.kind === 'makeup') {
        await this.checkIns.giveQuotaBack(groupId, actor.id, row.madeOn.slice(0, 7));
      }
      await this.streaks.rebuild(membership, rules, today);
      await this.days.addDone(groupId, row.day, -1);
      await this.events.publish(new CheckInWithdrawn(row));
    });
  }

  async getCheckIn(actor: Actor, id: number): Promise<FeedItemDto> {
    const row = await this.checkIns.findShown(id, actor.id);
    const context = row && (await this.access.find(actor, row.groupId));
    if (!context) throw checkInNotFound();
    return toFeedItemDto(row, this.images.showing(actor, context));
  }

  async listCheckIns(actor: Actor, groupId: number, query: ListFeedQueryDto): Promise<Page<FeedItemDto>> {
    const [checkedAt, id] = query.cursor ? decodeCursor(query.cursor, ['instant', 'number']) : [];
    const before = checkedAt && { checkedAt, id: id! };
    const show = this.images.showing(actor, await this.access.view(actor, groupId));
    const rows = await this.checkIns.listFeed(groupId, actor.id, query.limit + 1, query.day, before);
    const page = toPage(rows, query.limit, (row) => encodeCursor([isoOf(row.checkedAt), row.id]));
    return { ...page, items: page.items.map((row) => toFeedItemDto(row, show)) };
  }

  private toResult(
    actor: Actor,
    context: MemberContext,
    today: string,
    row: Parameters<typeof toCheckInDto>[0],
    cache: StreakCache,
    created: boolean,
  ): CheckInResultDto {
    const { rules, membership } = context;
    return {
      created,
      checkIn: toCheckInDto(row, this.images.showing(actor, context)),
      day: today,
      timeZone: ruleOf(rules, today).timeZone,
      dayEndsAt: dayEndsAt(rules, today).toISOString(),
      streak: currentStreak(cache, rules, membership.stretchFrom, today),
      total: cache.total,
    };
  }
}

function assertWelcome(
  { rules, membership }: MemberContext,
  today: string,
  content: Parameters<typeof assertContent>[1],
  now: Date,
): void {
  if (!acceptsCheckIn(rules, today)) throw notDueToday();
  const { minNoteLength, imageRequired } = ruleOf(rules, today);
  assertContent(membership, content, now, {
    minLength: minNoteLength,
    tooShort: noteTooShort,
    imageRequired,
  });
}
