import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { Clock } from '../../common/time/clock.js';
import { MediaUrls } from '../upload/index.js';
import { toUserRef } from '../user/index.js';
import { dayRange } from './check-in.errors.js';
import { CheckInRepository, type LastCheckIn } from './check-in.repository.js';
import type { CalendarQueryDto } from './dto/calendar-query.dto.js';
import type { MemberCalendarDto } from './dto/member-calendar.dto.js';
import type { MyCalendarDto, MyCalendarSummaryDto } from './dto/my-calendar.dto.js';
import type { MemberStatsDto } from './dto/member-stats.dto.js';
import type { TodayItemDto } from './dto/today-item.dto.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext } from './group-context.js';
import { memberNotFound } from './group.errors.js';
import { GROUP_LIMITS } from './group.limits.js';
import { coverUrlOf, toMyTodayDto } from './group.mapper.js';
import { GroupRepository } from './group.repository.js';
import { MembershipRepository, streakOf } from './membership.repository.js';
import { toDayNumber, toDayText, wholeWeeks } from './rules/calendar-day.js';
import {
  countByHour,
  countByWeekday,
  type DayTally,
  memberCalendar,
  tallyDays,
} from './rules/member-statistics.js';
import { dayEndsAt, ruleOf, todayOf, unitOf } from './rules/rule.js';
import { countOfMonth, countOfWeek, currentStreak, longestStreak } from './rules/streak.js';

const YEAR_DAYS = 365;

@Injectable()
export class MemberStatisticsService {
  constructor(
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly members: MembershipRepository,
    private readonly checkIns: CheckInRepository,
    private readonly urls: MediaUrls,
    private readonly clock: Clock,
  ) {}

  async getMemberCalendar(
    actor: Actor,
    groupId: number,
    userId: number,
    { from, to }: CalendarQueryDto,
  ): Promise<MemberCalendarDto> {
    assertRange(from, to);
    const { rules } = await this.subject(actor, groupId, userId);
    const today = todayOf(rules, this.clock.now());
    const { days: cells, summary, rows } = await this.calendar(groupId, userId, rules, from, to, today);
    const ids = new Map(rows.map(({ day, id }) => [day, id]));
    const days = cells.map((cell) => ({ ...cell, checkInId: ids.get(cell.day) ?? null }));
    return { userId, today, timeZone: ruleOf(rules, today).timeZone, days, summary };
  }

  /** Over all groups of the actor's, also those he has left. */
  async getMyCalendar(actor: Actor, { from, to }: CalendarQueryDto): Promise<MyCalendarDto> {
    assertRange(from, to);
    const now = this.clock.now();
    const contexts = await this.groups.listEverOfMember(actor.id, GROUP_LIMITS.calendarGroups);
    const ids = contexts.map(({ group }) => group.id);
    const weeks = wholeWeeks(from, to);
    const spells = await this.members.listSpellsOfGroups(actor.id, ids);
    const rows = await this.checkIns.listFactsOfGroups(actor.id, ids, weeks.from, weeks.to);
    const parts = contexts.map(({ group, rules }) => ({
      rules,
      today: todayOf(rules, now),
      spells: spells.get(group.id) ?? [],
      rows: rows.get(group.id) ?? [],
    }));
    const today = parts.reduce((latest, part) => (part.today > latest ? part.today : latest), '');
    const days = tallyDays(parts, from, to);
    return { today: today || now.toISOString().slice(0, 10), days, summary: sumOf(days) };
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
    const last = await this.checkIns.listLastIds(
      actor.id,
      page.map(({ group }) => group.id),
    );
    return {
      items: page
        .map((context) => this.toTodayItem(actor, context, last.get(context.group.id), now))
        .filter((item) => item !== undefined),
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

  private toTodayItem(
    actor: Actor,
    context: GroupContext,
    last: LastCheckIn | undefined,
    now: Date,
  ): TodayItemDto | undefined {
    const { state, ...mine } = toMyTodayDto(context, last, now)!;
    if (state === 'NOT_DUE') return undefined;
    const { group, rules } = context;
    const today = todayOf(rules, now);
    const { timeZone, minNoteLength, imageRequired } = ruleOf(rules, today);
    return {
      ...mine,
      state,
      groupId: group.id,
      groupName: group.name,
      coverUrl: coverUrlOf(this.urls, actor, group),
      day: today,
      timeZone,
      dayEndsAt: dayEndsAt(rules, today).toISOString(),
      minNoteLength,
      imageRequired,
    };
  }
}

/** @throws DAY_RANGE */
function assertRange(from: string, to: string): void {
  const days = toDayNumber(to) - toDayNumber(from) + 1;
  if (days < 1 || days > GROUP_LIMITS.calendarDays) throw dayRange(GROUP_LIMITS.calendarDays);
}

function sumOf(days: readonly DayTally[]): MyCalendarSummaryDto {
  const sum = (key: 'due' | 'done' | 'makeUps' | 'missed') => days.reduce((all, day) => all + day[key], 0);
  const [due, done, makeUps, missed] = [sum('due'), sum('done'), sum('makeUps'), sum('missed')];
  const activeDays = days.filter((day) => day.done > 0).length;
  return { due, done, makeUps, missed, activeDays, rate: done + missed ? done / (done + missed) : null };
}
