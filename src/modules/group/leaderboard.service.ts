import { Injectable } from '@nestjs/common';
import { badCursor, decodeCursor, encodeCursor, toPage } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { isoOf } from '../../common/database/values.js';
import { Clock } from '../../common/time/clock.js';
import { toUserRef } from '../user/index.js';
import { CheckInRepository } from './check-in.repository.js';
import type { LeaderboardDto, LeaderboardEntryDto } from './dto/leaderboard.dto.js';
import type { Board, LeaderboardQueryDto } from './dto/leaderboard-query.dto.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext } from './group-context.js';
import { GroupRepository } from './group.repository.js';
import { type BoardRow, LeaderboardRepository, type MemberBoard } from './leaderboard.repository.js';
import { streakOf } from './membership.repository.js';
import { mondayOf } from './rules/calendar-day.js';
import { ruleOf, todayOf, unitOf } from './rules/rule.js';
import {
  aliveSince,
  countOfMonth,
  countOfWeek,
  currentStreak,
  longestStreak,
  type StreakCache,
} from './rules/streak.js';

/** Where a page begins: the row before it, that row's rank and how many rows stood up to it. */
interface Start {
  after?: { value: number; makeUps: number; lastCheckedAt: Date; userId: number };
  rank: number;
  position: number;
}

const FROM_THE_TOP: Start = { rank: 0, position: 0 };

@Injectable()
export class LeaderboardService {
  constructor(
    private readonly db: Database,
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly boards: LeaderboardRepository,
    private readonly checkIns: CheckInRepository,
    private readonly clock: Clock,
  ) {}

  async getLeaderboard(actor: Actor, groupId: number, query: LeaderboardQueryDto): Promise<LeaderboardDto> {
    const board = query.board ?? 'streak';
    const start = query.cursor ? startOf(query.cursor, board) : FROM_THE_TOP;
    const context = await this.access.view(actor, groupId);
    const today = todayOf(context.rules, this.clock.now());
    if (board === 'streak') await this.settleStreaks(context, today);
    return board === 'today'
      ? this.arrivals(actor, context, today, query.limit, start)
      : this.standings(context, board, today, query.limit, start);
  }

  async countOnStreak(context: GroupContext, today: string): Promise<number> {
    await this.settleStreaks(context, today);
    return this.boards.countOnStreak(context.group.id);
  }

  private async standings(
    { group, rules, membership }: GroupContext,
    board: Exclude<Board, 'today'>,
    today: string,
    limit: number,
    start: Start,
  ): Promise<LeaderboardDto> {
    const unit = unitOf(ruleOf(rules, today).schedule);
    const memberBoard = memberBoardOf(board, unit, today);
    const rows = await this.boards.list(group.id, memberBoard, limit + 1, start.after);
    const value = membership?.active
      ? myValue(board, streakOf(membership), rules, membership.stretchFrom, today)
      : 0;
    const rank = value > 0 ? (await this.boards.countAbove(group.id, memberBoard, value)) + 1 : null;
    return {
      board,
      today,
      unit: board === 'streak' || board === 'longest' ? unit : 'check-in',
      me: { rank, value },
      ...toEntries(rows, limit, board, start, (row) => row.value),
    };
  }

  /** Who checked in on time today, first come first. */
  private async arrivals(
    actor: Actor,
    { group, membership }: GroupContext,
    today: string,
    limit: number,
    start: Start,
  ): Promise<LeaderboardDto> {
    const after = start.after && { checkedAt: start.after.lastCheckedAt, id: start.after.value };
    const rows = await this.checkIns.listDay(group.id, actor.id, today, limit + 1, { kind: 'normal', after });
    const mine = membership?.active && (await this.checkIns.findOfDay(group.id, actor.id, today));
    const done = mine && mine.state === 'valid';
    const rank = done ? (await this.checkIns.countEarlier(group.id, today, mine.checkedAt)) + 1 : null;
    const page = toEntries(
      rows.map((row) => ({ ...row, value: row.id, makeUps: 0, lastCheckedAt: row.checkedAt })),
      limit,
      'today',
      start,
      (row) => isoOf(row.lastCheckedAt),
    );
    const items = page.items.map((item) => ({ ...item, value: 1 }));
    return { board: 'today', today, unit: 'check-in', me: { rank, value: done ? 1 : 0 }, ...page, items };
  }

  /**
   * A run that has ended still stands in its row, since nothing happens when somebody does nothing. The
   * first look at the board on a day puts such runs to zero, so that the index holds living ones only;
   * every run put to zero was once begun by a check-in, so on the whole this costs a constant per check-in.
   */
  private async settleStreaks({ group, rules }: GroupContext, today: string): Promise<void> {
    if (group.streaksSettledOn !== null && group.streaksSettledOn >= today) return;
    await this.db.transaction(async () => {
      if (!(await this.groups.claimStreakSettling(group.id, today))) return;
      const unit = unitOf(ruleOf(rules, today).schedule);
      await this.boards.settleStreaks(group.id, unit, aliveSince(rules, today));
    });
  }
}

function memberBoardOf(board: Exclude<Board, 'today'>, unit: 'day' | 'week', today: string): MemberBoard {
  switch (board) {
    case 'streak':
      return { column: 'streak_length' };
    case 'longest':
      return { column: unit === 'day' ? 'longest_days' : 'longest_weeks' };
    case 'total':
      return { column: 'total' };
    case 'week':
      return { column: 'week_count', period: { column: 'week_of', value: mondayOf(today) } };
    case 'month':
      return { column: 'month_count', period: { column: 'month_of', value: today.slice(0, 7) } };
  }
}

function myValue(
  board: Exclude<Board, 'today'>,
  cache: StreakCache,
  rules: GroupContext['rules'],
  stretchFrom: string,
  today: string,
): number {
  switch (board) {
    case 'streak':
      return currentStreak(cache, rules, stretchFrom, today).length;
    case 'longest':
      return longestStreak(cache, rules, today);
    case 'total':
      return cache.total;
    case 'week':
      return countOfWeek(cache, today);
    case 'month':
      return countOfMonth(cache, today);
  }
}

/** Competition ranks, 1 1 3, going on from the page before. `keyOf` tells what makes two rows equal. */
function toEntries(
  rows: BoardRow[],
  limit: number,
  board: Board,
  start: Start,
  keyOf: (row: BoardRow) => unknown,
) {
  let { rank, position } = start;
  let previous = start.after && keyOf({ ...start.after, nickname: '', avatar: null });
  const ranked = rows.map((row) => {
    position++;
    if (keyOf(row) !== previous) rank = position;
    previous = keyOf(row);
    return { row, rank, position };
  });
  const { items, nextCursor } = toPage(ranked, limit, (last) => {
    const { value, makeUps, lastCheckedAt, userId } = last.row;
    return encodeCursor([board, value, makeUps, isoOf(lastCheckedAt), userId, last.rank, last.position]);
  });
  return { items: items.map(({ row, rank }) => toEntry(row, rank)), nextCursor };
}

function toEntry({ value, makeUps, lastCheckedAt, ...person }: BoardRow, rank: number): LeaderboardEntryDto {
  return { rank, user: toUserRef(person), value, makeUps, lastCheckedAt: isoOf(lastCheckedAt) };
}

function startOf(cursor: string, board: Board): Start {
  const shape = ['string', 'number', 'number', 'instant', 'number', 'number', 'number'] as const;
  const [ofBoard, value, makeUps, lastCheckedAt, userId, rank, position] = decodeCursor(cursor, shape);
  if (ofBoard !== board) throw badCursor();
  return { after: { value, makeUps, lastCheckedAt, userId }, rank, position };
}
