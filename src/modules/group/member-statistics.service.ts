import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { Clock } from '../../common/time/clock.js';
import { toUserRef } from '../user/index.js';
import { dayRange } from './check-in.errors.js';
import { CheckInRepository } from './check-in.repository.js';
import type { CalendarQueryDto } from './dto/calendar-query.dto.js';
import type { MemberCalendarDto } from './dto/member-calendar.dto.js';
import type { MemberStatsDto } from './dto/member-stats.dto.js';
import type { TodayItemDto } from './dto/today-item.dto.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext, MembershipRow } from './group-context.js';
import { memberNotFound } from './group.errors.js';
import { GROUP_LIMITS } from './group.limits.js';
import { GroupRepository } from './group.repository.js';
import { MembershipRepository, streakOf } from './membership.repository.js';
import { mondayOf, toDayNumber, toDayText, wholeWeeks } from './rules/calendar-day.js';
import { countByHour, countByWeekday, memberCalendar } from './rules/member-statistics.js';
import { acceptsCheckIn, dayEndsAt, ruleOf, todayOf, unitOf } from './rules/rule.js';
import { countOfMonth, countOfWeek, currentStreak, longestStreak } from './rules/streak.js';

const YEAR_DAYS = 365;

@Injectable()
export class MemberStatisticsService {
  constructor(
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly members: MembershipRepository,
    private readonly checkIns: CheckInRepository,
    private readonly clock: Clock,
  ) {}

  async getMemberCalendar(
    actor: Actor,
    groupId: number,
    userId: number,
    { from, to }: CalendarQueryDto,
  ): Promise<MemberCalendarDto> {
    const days = toDayNumber(to) - toDayNumber(from) + 1;
    if (days < 1 || days > GROUP_LIMITS.calendarDays) throw dayRange(GROUP_LIMITS.calendarDays);
    const { rules } = await this.subject(actor, groupId, userId);
    const today = todayOf(rules, this.clock.now());
    const { days: cells, summary } = await this.calendar(groupId, userId, rules, from, to, today);
    return { userId, today, timeZone: ruleOf(rules, today).timeZone, days: cells, summary };
  }

  async getMemberStats(actor: Actor, groupId: number, userId: number): Promise<MemberStatsDto> {
    const { rules, membership } = await this.subject(actor, groupId, userId);
    const today = todayOf(rules, this.clock.now());
    const cache = streakOf(membership);
    const rule = ruleOf(rules, today);
    const from = toDayText(toDayNumber(today) - YEAR_DAYS + 1);
    const { summary, rows } = await this.calendar(groupId, userId, rules, from, today, today);
    const year = rows.filter(({ day }) => day >= from);
    return {
      user: toUserRef(membership),
      today,
      timeZone: rule.timeZone,
      streak: currentStreak(cache, rules, membership.active ? membership.stretchFrom : null, today),
      longest: { length: longestStreak(cache, rules, today), unit: unitOf(rule.schedule) },
      total: cache.total,
      makeUps: cache.makeUps,
      thisWeek: countOfWeek(cache, today),
      thisMonth: countOfMonth(cache, today),
      year: {
        from,
        to: today,
        ...summary,
        byWeekday: countByWeekday(year),
        byHour: countByHour(rules, year),
      },
    };
  }

  /** Every group of the actor's in which something is due today, done or not. */
  async listToday(actor: Actor, query: PageQueryDto): Promise<Page<TodayItemDto>> {
    const [after] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const contexts = await this.groups.listOfMember(actor.id, query.limit + 1, after);
    const page = contexts.slice(0, query.limit);
    const now = this.clock.now();
    return {
      items: page.map((context) => toTodayItem(context, now)).filter((item) => item !== undefined),
      nextCursor: contexts.length > query.limit ? encodeCursor([page.at(-1)!.membership!.id]) : null,
    };
  }

  private async calendar(
    groupId: number,
    userId: number,
    rules: GroupContext['rules'],
    from: string,
    to: string,
    today: string,
  ) {
    const spells = await this.members.listSpells(groupId, userId);
    // Whole weeks: with times per week a day's state depends on the rest of its week.
    const weeks = wholeWeeks(from, to);
    const rows = await this.checkIns.listFacts(groupId, userId, weeks.from, weeks.to);
    return { ...memberCalendar(rules, spells, rows, from, to, today), rows };
  }

  /** A present member whom the actor may look at; of former members only the actor himself. */
  private async subject(actor: Actor, groupId: number, userId: number) {
    const { rules } = await this.access.view(actor, groupId);
    const membership = await this.members.find(groupId, userId);
    if (!membership || (!membership.active && userId !== actor.id)) throw memberNotFound();
    return { rules, membership };
  }
}

function toTodayItem({ group, rules, membership }: GroupContext, now: Date): TodayItemDto | undefined {
  const today = todayOf(rules, now);
  if (!acceptsCheckIn(rules, today)) return undefined;
  const rule = ruleOf(rules, today);
  const cache = streakOf(membership!);
  return {
    groupId: group.id,
    groupName: group.name,
    day: today,
    timeZone: rule.timeZone,
    dayEndsAt: dayEndsAt(rules, today).toISOString(),
    state: stateToday(membership!, rule.schedule, today),
    streak: currentStreak(cache, rules, membership!.stretchFrom, today),
    minNoteLength: rule.minNoteLength,
  };
}

function stateToday(
  { lastDay, weekOf, stretchFrom, stretchWeekCount }: MembershipRow,
  schedule: ReturnType<typeof ruleOf>['schedule'],
  today: string,
): TodayItemDto['state'] {
  if (lastDay === today) return 'DONE';
  const counts = weekOf === mondayOf(today) && lastDay !== null && lastDay >= stretchFrom;
  const doneThisWeek = counts ? stretchWeekCount : 0;
  return schedule.kind === 'perWeek' && doneThisWeek >= schedule.times ? 'COVERED' : 'PENDING';
}
