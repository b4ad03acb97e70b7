import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { toDayText } from './rules/calendar-day.js';
import { type MembershipSpell, stretchesOf } from './rules/membership-spells.js';

export interface GroupDayRow {
  day: string;
  done: number;
  memberDelta: number;
}

/** The per-day counters of a group, which always speak of its present members only. */
@Injectable()
export class GroupDayRepository {
  private readonly addDoneSql: string;
  private readonly addDeltaSql: string;

  constructor(private readonly db: Database) {
    const upsertOf = (counter: string) =>
      db.dialect.upsert({
        table: 'group_days',
        columns: ['group_id', 'day', counter],
        key: ['group_id', 'day'],
        update: { [counter]: (inserted) => `group_days.${counter} + ${inserted(counter)}` },
      });
    this.addDoneSql = upsertOf('done');
    this.addDeltaSql = upsertOf('member_delta');
  }

  async addDone(groupId: number, day: string, by: 1 | -1): Promise<void> {
    await this.db.run(this.addDoneSql, [groupId, day, by]);
  }

  /** Counts a person in (by 1: joined) or out (by -1: left) on every day that knows him. */
  async addMember(
    groupId: number,
    userId: number,
    spells: readonly MembershipSpell[],
    by: 1 | -1,
  ): Promise<void> {
    for (const { from, to } of stretchesOf(spells)) {
      await this.db.run(this.addDeltaSql, [groupId, toDayText(from), by]);
      if (to !== Infinity) await this.db.run(this.addDeltaSql, [groupId, toDayText(to + 1), -by]);
    }
    const sql = `update group_days set done = done + ? where group_id = ? and day in
      (select day from check_ins where group_id = ? and user_id = ? and state = 'valid')`;
    await this.db.run(sql, [by, groupId, groupId, userId]);
  }

  list(groupId: number, from: string, to: string): Promise<GroupDayRow[]> {
    const sql = `select day, done, member_delta as memberDelta from group_days
      where group_id = ? and day between ? and ? order by day`;
    return this.db.rows<GroupDayRow>(sql, [groupId, from, to]);
  }

  /** Sum of the deltas after a day: what the member count has grown by since. */
  async deltaAfter(groupId: number, day: string): Promise<number> {
    const sql =
      'select coalesce(sum(member_delta), 0) as delta from group_days where group_id = ? and day > ?';
    return Number((await this.db.row<{ delta: number | string }>(sql, [groupId, day]))!.delta);
  }

  /** Check-ins in all, and for the days from `weekFrom` and from `monthFrom` on. */
  async sumDone(groupId: number, weekFrom: string, monthFrom: string) {
    const sql = `select coalesce(sum(done), 0) as total,
      coalesce(sum(case when day >= ? then done else 0 end), 0) as week,
      coalesce(sum(case when day >= ? then done else 0 end), 0) as month from group_days where group_id = ?`;
    type Sums = Record<'total' | 'week' | 'month', number | string>;
    const { total, week, month } = (await this.db.row<Sums>(sql, [weekFrom, monthFrom, groupId]))!;
    return { total: Number(total), week: Number(week), month: Number(month) };
  }
}
