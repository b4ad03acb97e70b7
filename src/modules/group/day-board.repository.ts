import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../common/database/database.js';

export interface AbsentRow {
  membershipId: number;
  userId: number;
  nickname: string;
}

@Injectable()
export class DayBoardRepository {
  constructor(private readonly db: Database) {}

  /**
   * Present members who belonged to the group on `day` and have no valid check-in for it; with `perWeek`
   * only those whose week, `from` to `to`, has fewer than so many. Longest membership first.
   */
  listAbsent(
    groupId: number,
    day: string,
    limit: number,
    { afterId = 0, perWeek }: { afterId?: number; perWeek?: { times: number; from: string; to: string } },
  ): Promise<AbsentRow[]> {
    const params: SqlValue[] = [groupId, true, afterId, day, day, day];
    let uncovered = '';
    if (perWeek) {
      uncovered = `and (select count(*) from check_ins w where w.group_id = m.group_id and w.user_id = m.user_id
        and w.day between ? and ? and w.state = 'valid') < ?`;
      params.push(perWeek.from, perWeek.to, perWeek.times);
    }
    const sql = `select m.id as membershipId, m.user_id as userId, u.nickname
      from memberships m join users u on u.id = m.user_id
      where m.group_id = ? and m.active = ? and m.id > ?
      and exists (select 1 from membership_spells s where s.group_id = m.group_id and s.user_id = m.user_id
        and s.joined_day <= ? and (s.left_day is null or s.left_day >= ?))
      and not exists (select 1 from check_ins c where c.group_id = m.group_id and c.user_id = m.user_id
        and c.day = ? and c.state = 'valid') ${uncovered}
      order by m.id limit ${limit}`;
    return this.db.rows<AbsentRow>(sql, params);
  }
}
