import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import type { CheckInRow } from './rules/day-state.js';
import type { MembershipSpell } from './rules/membership-spells.js';

export interface AbsentRow {
  membershipId: number;
  userId: number;
  nickname: string;
  avatar: string | null;
}

@Injectable()
export class DayBoardRepository {
  constructor(private readonly db: Database) {}

  /**
   * Present members who belonged to the group on `day` and have no valid check-in for it; with `perWeek`
   * only those who have fewer than so many from `from` to `to`. Longest membership first.
   */
  listAbsent(
    groupId: number,
    day: string,
    limit: number,
    { afterId = 0, perWeek }: { afterId?: number; perWeek?: { fewerThan: number; from: string; to: string } },
  ): Promise<AbsentRow[]> {
    const params: SqlValue[] = [groupId, true, afterId, day, day, day];
    let uncovered = '';
    if (perWeek) {
      // Who left and came back within the week has begun anew: only the day's side of that counts.
      uncovered = `and (select count(*) from check_ins w where w.group_id = m.group_id and w.user_id = m.user_id
        and w.day between ? and ? and (w.day >= m.stretch_from) = (? >= m.stretch_from) and w.state = 'valid') < ?`;
      params.push(perWeek.from, perWeek.to, day, perWeek.fewerThan);
    }
    const sql = `select m.id as membershipId, m.user_id as userId, u.nickname, u.avatar
      from memberships m join users u on u.id = m.user_id
      where m.group_id = ? and m.active = ? and m.id > ?
      and exists (select 1 from membership_spells s where s.group_id = m.group_id and s.user_id = m.user_id
        and s.joined_day <= ? and (s.left_day is null or s.left_day >= ?))
      and not exists (select 1 from check_ins c where c.group_id = m.group_id and c.user_id = m.user_id
        and c.day = ? and c.state = 'valid') ${uncovered}
      order by m.id limit ${limit}`;
    return this.db.rows<AbsentRow>(sql, params);
  }

  /** What decides the states of some members' days in a range of whole weeks. */
  async listFacts(
    groupId: number,
    userIds: readonly number[],
    from: string,
    to: string,
  ): Promise<Map<number, { spells: MembershipSpell[]; rows: CheckInRow[] }>> {
    const facts = new Map(
      userIds.map((id) => [id, { spells: [] as MembershipSpell[], rows: [] as CheckInRow[] }]),
    );
    if (facts.size === 0) return facts;
    const users = `group_id = ? and user_id in (${holes(userIds)})`;
    const spells = await this.db.rows<MembershipSpell & { userId: number }>(
      `select user_id as userId, joined_day as joinedDay, left_day as leftDay from membership_spells
        where ${users} order by user_id, joined_day, id`,
      [groupId, ...userIds],
    );
    for (const spell of spells) facts.get(spell.userId)!.spells.push(spell);
    const rows = await this.db.rows<CheckInRow & { userId: number }>(
      `select user_id as userId, day, kind from check_ins where ${users} and day between ? and ? and state = 'valid'`,
      [groupId, ...userIds, from, to],
    );
    for (const row of rows) facts.get(row.userId)!.rows.push(row);
    return facts;
  }
}
