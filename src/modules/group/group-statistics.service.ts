import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { isoOf } from '../../common/database/values.js';
import { Clock } from '../../common/time/clock.js';
import { CheckInImages } from './check-in-images.js';
import { toCheckInDto } from './check-in.mapper.js';
import { CheckInRepository } from './check-in.repository.js';
import { DayBoardRepository } from './day-board.repository.js';
import type { DayBoardDto, DayBoardItemDto } from './dto/day-board.dto.js';
import type { DayBoardQueryDto } from './dto/day-board-query.dto.js';
import type { GroupCalendarDayDto, GroupCalendarDto } from './dto/group-calendar.dto.js';
import type { GroupCalendarQueryDto } from './dto/group-calendar-query.dto.js';
import type { GroupStatsDto } from './dto/group-stats.dto.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext } from './group-context.js';
import { GroupDayRepository } from './group-day.repository.js';
import { LeaderboardService } from './leaderboard.service.js';
import { toUserRef } from '../user/index.js';
import { mondayOf, toDayNumber, toDayText, wholeWeeks } from './rules/calendar-day.js';
import { memberFacts, stateOf } from './rules/day-state.js';
import { dayEndsAt, isDueDay, type Period, periodsOf, ruleOf, timesOf, todayOf } from './rules/rule.js';

@Injectable()
export class GroupStatisticsService {
  constructor(
    private readonly access: GroupAccess,
    private readonly days: GroupDayRepository,
    private readonly checkIns: CheckInRepository,
    private readonly images: CheckInImages,
    private readonly dayBoard: DayBoardRepository,
    private readonly leaderboards: LeaderboardService,
    private readonly clock: Clock,
  ) {}

  async getGroupCalendar(
    actor: Actor,
    groupId: number,
    query: GroupCalendarQueryDto,
  ): Promise<GroupCalendarDto> {
    const context = await this.access.view(actor, groupId);
    const today = todayOf(context.rules, this.clock.now());
    const month = query.month ?? today.slice(0, 7);
    const days = await this.reckon(context, `${month}-01`, lastDayOf(month), today);
    return { month, today, timeZone: ruleOf(context.rules, today).timeZone, days };
  }

  async getGroupStats(actor: Actor, groupId: number): Promise<GroupStatsDto> {
    const context = await this.access.view(actor, groupId);
    const { group, rules } = context;
    const today = todayOf(rules, this.clock.now());
    const [figures] = await this.reckon(context, today, today, today);
    const sums = await this.days.sumDone(groupId, mondayOf(today), `${today.slice(0, 7)}-01`);
    return {
      memberCount: group.memberCount,
      timeZone: ruleOf(rules, today).timeZone,
      today: figures!,
      ...sums,
      membersOnStreak: await this.leaderboards.countOnStreak(context, today),
    };
  }

  async getDayBoard(
    actor: Actor,
    groupId: number,
    day: string,
    query: DayBoardQueryDto,
  ): Promise<DayBoardDto> {
    const list = query.state === 'pending' ? this.listAbsent : this.listDone;
    const context = await this.access.view(actor, groupId);
    const { rules } = context;
    const today = todayOf(rules, this.clock.now());
    const [figures] = await this.reckon(context, day, day, today);
    return {
      day,
      timeZone: ruleOf(rules, day).timeZone,
      dayEndsAt: dayEndsAt(rules, day).toISOString(),
      due: figures!.due,
      done: figures!.done,
      ...(await list.call(this, actor, context, day, today, query)),
    };
  }

  private async listDone(
    actor: Actor,
    context: GroupContext,
    day: string,
    _today: string,
    query: DayBoardQueryDto,
  ): Promise<Page<DayBoardItemDto>> {
    const [checkedAt, id] = query.cursor ? decodeCursor(query.cursor, ['instant', 'number']) : [];
    const after = checkedAt && { checkedAt, id: id! };
    const show = this.images.showing(actor, context);
    const rows = await this.checkIns.listDay(context.group.id, actor.id, day, query.limit + 1, { after });
    const page = toPage(rows, query.limit, (row) => encodeCursor([isoOf(row.checkedAt), row.id]));
    const items = page.items.map((row) => ({
      user: toUserRef(row),
      state: row.kind === 'makeup' ? ('MAKEUP' as const) : ('DONE' as const),
      checkIn: toCheckInDto(row, show),
    }));
    return { ...page, items };
  }

  private async listAbsent(
    _actor: Actor,
    { group, rules }: GroupContext,
    day: string,
    today: string,
    query: DayBoardQueryDto,
  ): Promise<Page<DayBoardItemDto>> {
    const [afterId] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const state = day === today ? ('PENDING' as const) : ('MISSED' as const);
    const nobody = { items: [], nextCursor: null };
    if (!isOwed(periodsOf(rules), toDayNumber(day), toDayNumber(today))) return nobody;
    const times = timesOf(ruleOf(rules, day).schedule);
    const perWeek = times > 0 ? shortOf(times, day, today) : undefined;
    if (perWeek && perWeek.fewerThan <= 0) return nobody;
    const rows = await this.dayBoard.listAbsent(group.id, day, query.limit + 1, { afterId, perWeek });
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.membershipId]));
    const missed =
      perWeek && day < today ? await this.haveMissed(group.id, rules, page.items, day, today) : page.items;
    return { ...page, items: missed.map((row) => ({ user: toUserRef(row), state, checkIn: null })) };
  }

  /** A week that was cut short by joining or leaving owes nothing, which is for the rules to say. */
  private async haveMissed<T extends { userId: number }>(
    groupId: number,
    rules: GroupContext['rules'],
    members: T[],
    day: string,
    today: string,
  ): Promise<T[]> {
    const { from, to } = wholeWeeks(day, day);
    const ids = members.map(({ userId }) => userId);
    const facts = await this.dayBoard.listFacts(groupId, ids, from, to);
    return members.filter(({ userId }) => {
      const { spells, rows } = facts.get(userId)!;
      return stateOf(memberFacts(rules, spells, rows), toDayNumber(day), toDayNumber(today)) === 'MISSED';
    });
  }

  /** Figures of every day from `from` to `to`, from the counters alone. */
  private async reckon(
    { group, rules }: GroupContext,
    from: string,
    to: string,
    today: string,
  ): Promise<GroupCalendarDayDto[]> {
    const rows = new Map((await this.days.list(group.id, from, to)).map((row) => [row.day, row]));
    let members = group.memberCount - (await this.days.deltaAfter(group.id, to));
    const figures: GroupCalendarDayDto[] = [];
    const periods = periodsOf(rules);
    for (let n = toDayNumber(to); n >= toDayNumber(from); n--) {
      const day = toDayText(n);
      const row = rows.get(day);
      const due = isOwed(periods, n, toDayNumber(today)) ? members : 0;
      const done = row?.done ?? 0;
      figures.push({ day, due, done, rate: due === 0 ? null : done / due });
      members -= row?.memberDelta ?? 0;
    }
    return figures.reverse();
  }
}

/** Whether anybody can have owed a check-in on the day: it has begun, the group was there, and it is scheduled. */
function isOwed(periods: readonly Period[], day: number, today: number): boolean {
  return periods[0]!.from <= day && day <= today && isDueDay(periods, day);
}

/**
 * Whoever has fewer check-ins than this in the range owes one for the day: today as long as the week has not enough,
 * for an earlier day when the days to come cannot make up for it.
 */
function shortOf(times: number, day: string, today: string) {
  const { from, to } = wholeWeeks(day, day);
  return day === today
    ? { from, to, fewerThan: times }
    : { from, to: day, fewerThan: times - (toDayNumber(to) - toDayNumber(day)) };
}

const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number, 0)).toISOString().slice(0, 10);
};
