import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { ConcurrentWriteError, Database, type SqlValue } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import { groupBy } from '../../common/objects.js';
import type { Instant, MembershipRow } from './group-context.js';
import { type GroupRole, Membership } from './membership.entity.js';
import { MembershipSpell } from './membership-spell.entity.js';
import type { MembershipSpell as Spell } from './rules/membership-spells.js';
import type { StreakCache } from './rules/streak.js';

export interface MemberRow extends Omit<MembershipRow, 'active'> {
  nickname: string;
  avatar: string | null;
}

export interface ListMembersFilter {
  /** Normalised; matches anywhere in the nickname. */
  nicknameKey?: string;
  afterId?: number;
  limit: number;
}

/** What the members' list and a member's own page need of a membership. */
const MEMBER_COLUMNS = `m.id, m.group_id as groupId, m.user_id as userId, m.role, m.active,
  m.joined_at as joinedAt, m.left_at as leftAt, m.stretch_from as stretchFrom, m.muted_until as mutedUntil,
  m.mute_reason as muteReason, m.streak_unit as streakUnit, m.streak_length as streakLength,
  m.streak_from as streakFrom, m.streak_to as streakTo, m.longest_days as longestDays,
  m.longest_weeks as longestWeeks, m.total, m.make_ups as makeUps, m.week_of as weekOf,
  m.week_count as weekCount, m.stretch_week_count as stretchWeekCount, m.month_of as monthOf,
  m.month_count as monthCount, m.last_day as lastDay, m.last_checked_at as lastCheckedAt, m.version, u.nickname, u.avatar`;

@Injectable()
export class MembershipRepository {
  constructor(private readonly db: Database) {}

  /** Makes the other writers of this membership wait until the transaction is over. */
  async lock(groupId: number, userId: number): Promise<void> {
    const sql = `select id from memberships where group_id = ? and user_id = ?${this.db.dialect.forUpdate}`;
    await this.db.rows(sql, [groupId, userId]);
  }

  /** Also a former member's, whose `active` is false. */
  async find(groupId: number, userId: number): Promise<(MemberRow & { active: boolean }) | undefined> {
    const sql = `select ${MEMBER_COLUMNS} from memberships m join users u on u.id = m.user_id
      where m.group_id = ? and m.user_id = ?`;
    const row = await this.db.row<MemberRow & { active: boolean | number }>(sql, [groupId, userId]);
    return row && { ...row, active: Boolean(row.active) };
  }

  /** Longest membership first. */
  list(groupId: number, { nicknameKey, afterId = 0, limit }: ListMembersFilter): Promise<MemberRow[]> {
    const params: SqlValue[] = [groupId, true, afterId];
    let search = '';
    if (nicknameKey !== undefined) {
      search = `and ${this.db.dialect.like('u.nickname_key')}`;
      params.push(`%${this.db.dialect.escapeLike(nicknameKey)}%`);
    }
    const sql = `select ${MEMBER_COLUMNS} from memberships m join users u on u.id = m.user_id
      where m.group_id = ? and m.active = ? and m.id > ? ${search} order by m.id limit ${limit}`;
    return this.db.rows<MemberRow>(sql, params);
  }

  /** Owner and admins. */
  async listRunners(groupId: number): Promise<number[]> {
    const sql = `select user_id as userId from memberships
      where group_id = ? and active = ? and role in ('owner', 'admin')`;
    return (await this.db.rows<{ userId: number }>(sql, [groupId, true])).map(({ userId }) => userId);
  }

  async insert(membership: Partial<Membership>): Promise<void> {
    await this.db.repo(Membership).insert(membership);
  }

  async reactivate(id: number, changes: Partial<Membership>): Promise<void> {
    await this.db.repo(Membership).update({ id }, { ...changes, active: true, leftAt: null });
  }

  /**
   * Ends a membership that was found active, never the owner's.
   * @throws ConcurrentWriteError when it is neither any more; the transaction is tried again
   */
  async deactivate(groupId: number, userId: number, leftAt: Date): Promise<void> {
    const sql = `update memberships set active = ?, left_at = ?, role = 'member', version = version + 1
      where group_id = ? and user_id = ? and active = ? and role <> 'owner'`;
    const { affected } = await this.db.run(sql, [false, leftAt, groupId, userId, true]);
    if (affected === 0) throw new ConcurrentWriteError();
  }

  /**
   * Changes a membership that was found active, never the owner's.
   * @throws ConcurrentWriteError when it is neither any more; the transaction is tried again
   */
  async update(
    groupId: number,
    userId: number,
    changes: Partial<Pick<Membership, 'role' | 'mutedUntil' | 'muteReason'>>,
  ): Promise<void> {
    const where = { groupId, userId, active: true, role: Not<GroupRole>('owner') };
    const { affected } = await this.db.repo(Membership).update(where, changes);
    if (affected === 0) throw new ConcurrentWriteError();
  }

  async demoteOwner(groupId: number): Promise<void> {
    await this.db.repo(Membership).update({ groupId, role: 'owner' }, { role: 'admin' });
  }

  /**
   * Writes the cache computed from what was read at `version`.
   * @throws ConcurrentWriteError when somebody has written since; the transaction is tried again
   */
  async saveStreak(
    { id, version }: { id: number; version: number },
    cache: StreakCache,
    lastCheckedAt: Instant | null,
  ): Promise<void> {
    const { affected } = await this.db.run(SAVE_STREAK, [
      cache.unit,
      cache.length,
      cache.from,
      cache.to,
      cache.longestDays,
      cache.longestWeeks,
      cache.total,
      cache.makeUps,
      cache.weekOf,
      cache.weekCount,
      cache.stretchWeekCount,
      cache.monthOf,
      cache.monthCount,
      cache.lastDay,
      lastCheckedAt,
      id,
      version,
    ]);
    if (affected === 0) throw new ConcurrentWriteError();
  }

  listSpells(groupId: number, userId: number): Promise<Spell[]> {
    const sql = `select joined_day as joinedDay, left_day as leftDay from membership_spells
      where group_id = ? and user_id = ? order by joined_day, id`;
    return this.db.rows<Spell>(sql, [groupId, userId]);
  }

  /** A person's spells in some groups, each ascending. */
  async listSpellsOfGroups(userId: number, groupIds: readonly number[]): Promise<Map<number, Spell[]>> {
    if (groupIds.length === 0) return new Map();
    const sql = `select group_id as groupId, joined_day as joinedDay, left_day as leftDay from membership_spells
      where group_id in (${holes(groupIds)}) and user_id = ? order by joined_day, id`;
    const rows = await this.db.rows<Spell & { groupId: number }>(sql, [...groupIds, userId]);
    return groupBy(rows, ({ groupId }) => groupId);
  }

  async openSpell(groupId: number, userId: number, joinedDay: string, joinedAt: Date): Promise<void> {
    await this.db.repo(MembershipSpell).insert({ groupId, userId, joinedDay, joinedAt });
  }

  async closeSpell(groupId: number, userId: number, leftDay: string, leftAt: Date): Promise<void> {
    await this.db.repo(MembershipSpell).update({ groupId, userId, leftAt: IsNull() }, { leftDay, leftAt });
  }
}

const SAVE_STREAK = `update memberships set streak_unit = ?, streak_length = ?, streak_from = ?, streak_to = ?,
  longest_days = ?, longest_weeks = ?, total = ?, make_ups = ?, week_of = ?, week_count = ?,
  stretch_week_count = ?, month_of = ?, month_count = ?, last_day = ?, last_checked_at = ?,
  version = version + 1 where id = ? and version = ?`;

/** The cache part of a membership's row. */
export function streakOf(row: Omit<MembershipRow, 'active'>): StreakCache {
  return {
    unit: row.streakUnit,
    length: row.streakLength,
    from: row.streakFrom,
    to: row.streakTo,
    longestDays: row.longestDays,
    longestWeeks: row.longestWeeks,
    total: row.total,
    makeUps: row.makeUps,
    weekOf: row.weekOf,
    weekCount: row.weekCount,
    stretchWeekCount: row.stretchWeekCount,
    monthOf: row.monthOf,
    monthCount: row.monthCount,
    lastDay: row.lastDay,
  };
}
