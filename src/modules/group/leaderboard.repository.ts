import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../common/database/database.js';
import type { Instant } from './group-context.js';

/** A board that is an index of `memberships`; `period` limits it to the rows of one week or month. */
export interface MemberBoard {
  column: 'streak_length' | 'longest_days' | 'longest_weeks' | 'total' | 'week_count' | 'month_count';
  period?: { column: 'week_of' | 'month_of'; value: string };
}

export interface BoardRow {
  userId: number;
  nickname: string;
  avatar: string | null;
  value: number;
  makeUps: number;
  lastCheckedAt: Instant;
}

export interface BoardPosition {
  value: number;
  makeUps: number;
  lastCheckedAt: Date;
  userId: number;
}

@Injectable()
export class LeaderboardRepository {
  constructor(private readonly db: Database) {}

  /** Most first; among equals fewer make-ups, then earlier, then the lower id. */
  list(groupId: number, board: MemberBoard, limit: number, after?: BoardPosition): Promise<BoardRow[]> {
    const { column } = board;
    const [where, params] = rowsOf(groupId, board);
    let beyond = '';
    if (after) {
      beyond = `and (m.${column} < ? or (m.${column} = ? and (m.make_ups > ? or (m.make_ups = ? and
        (m.last_checked_at > ? or (m.last_checked_at = ? and m.user_id > ?))))))`;
      const { value, makeUps, lastCheckedAt, userId } = after;
      params.push(value, value, makeUps, makeUps, lastCheckedAt, lastCheckedAt, userId);
    }
    // The page comes off the index alone; only its rows are looked up.
    const sql = `select p.*, u.nickname, u.avatar from (
        select m.user_id as userId, m.${column} as value, m.make_ups as makeUps, m.last_checked_at as lastCheckedAt
        from memberships m where ${where} ${beyond}
        order by m.${column} desc, m.make_ups, m.last_checked_at, m.user_id limit ${limit}
      ) p join users u on u.id = p.userId
      order by p.value desc, p.makeUps, p.lastCheckedAt, p.userId`;
    return this.db.rows<BoardRow>(sql, params);
  }

  /** How many stand higher than `value`. */
  async countAbove(groupId: number, board: MemberBoard, value: number): Promise<number> {
    const [where, params] = rowsOf(groupId, board);
    const sql = `select count(*) as higher from memberships m where ${where} and m.${board.column} > ?`;
    return Number((await this.db.row<{ higher: number }>(sql, [...params, value]))!.higher);
  }

  async countOnStreak(groupId: number): Promise<number> {
    const [where, params] = rowsOf(groupId, { column: 'streak_length' });
    const row = await this.db.row<{ members: number }>(
      `select count(*) as members from memberships m where ${where}`,
      params,
    );
    return Number(row!.members);
  }

  /** Sets runs to zero that are no longer alive: of another unit, or ended before `aliveSince`. */
  async settleStreaks(groupId: number, unit: 'day' | 'week', aliveSince: string): Promise<void> {
    const sql = `update memberships set streak_length = 0 where group_id = ? and active = ? and streak_length > 0
      and (streak_to < ? or streak_unit <> ?)`;
    await this.db.run(sql, [groupId, true, aliveSince, unit]);
  }
}

function rowsOf(groupId: number, { column, period }: MemberBoard): [string, SqlValue[]] {
  const where = `m.group_id = ? and m.active = ? and m.${column} > 0`;
  return period
    ? [`${where} and m.${period.column} = ?`, [groupId, true, period.value]]
    : [where, [groupId, true]];
}
