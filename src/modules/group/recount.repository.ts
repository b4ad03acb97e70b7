import { Injectable } from '@nestjs/common';
import { Between, MoreThan } from 'typeorm';
import { Database } from '../../common/database/database.js';
import { instantOf } from '../../common/database/values.js';
import type { CheckInKind } from './check-in.entity.js';
import { type Instant, toRuleVersion } from './group-context.js';
import type { GroupDayRow } from './group-day.repository.js';
import { GroupRule } from './group-rule.entity.js';
import { Group } from './group.entity.js';
import { Invite } from './invite.entity.js';
import { MakeUpQuota } from './make-up-quota.entity.js';
import { Membership } from './membership.entity.js';
import { MembershipSpell } from './membership-spell.entity.js';
import { toDayNumber, toDayText } from './rules/calendar-day.js';
import type { CheckInRow as RuleRow } from './rules/day-state.js';
import type { RuleVersion } from './rules/rule.js';

/** A membership beside the rows that its figures come from. */
export interface MemberRecord {
  membership: Membership;
  /** Ascending. */
  spells: MembershipSpell[];
  /** Valid ones, ascending. */
  rows: (RuleRow & { at: Date; madeOn: string })[];
  /** Month → make-ups said to be used. */
  quotas: Map<string, number>;
}

/** What the recount reads and repairs; former members and dissolved groups are counted too. */
@Injectable()
export class RecountRepository {
  private readonly claimDaySql: string;

  constructor(private readonly db: Database) {
    this.claimDaySql = db.dialect.upsert({
      table: 'group_days',
      columns: ['group_id', 'day'],
      key: ['group_id', 'day'],
      update: { done: 'group_days.done' },
    });
  }

  async findGroup(afterId: number): Promise<Group | undefined> {
    const [group] = await this.db
      .repo(Group)
      .find({ where: { id: MoreThan(afterId) }, order: { id: 'ASC' }, take: 1 });
    return group;
  }

  async listRules(groupId: number): Promise<RuleVersion[]> {
    const rules = await this.db.repo(GroupRule).find({ where: { groupId }, order: { effectiveFrom: 'ASC' } });
    return rules.map(toRuleVersion);
  }

  async listMembers(groupId: number, afterUserId: number, limit: number): Promise<MemberRecord[]> {
    const memberships = await this.db
      .repo(Membership)
      .find({ where: { groupId, userId: MoreThan(afterUserId) }, order: { userId: 'ASC' }, take: limit });
    const last = memberships.at(-1)?.userId;
    if (last === undefined) return [];
    const records = new Map<number, MemberRecord>(
      memberships.map((membership) => [
        membership.userId,
        { membership, spells: [], rows: [], quotas: new Map() },
      ]),
    );
    const users = { groupId, userId: Between(afterUserId + 1, last) };
    const spells = await this.db
      .repo(MembershipSpell)
      .find({ where: users, order: { userId: 'ASC', joinedDay: 'ASC', id: 'ASC' } });
    for (const spell of spells) records.get(spell.userId)?.spells.push(spell);
    const quotas = await this.db.repo(MakeUpQuota).find({ where: users });
    for (const { userId, month, used } of quotas) records.get(userId)?.quotas.set(month, used);
    const sql = `select user_id as userId, day, kind, checked_at as checkedAt, made_on as madeOn from check_ins
      where group_id = ? and user_id between ? and ? and state = 'valid' order by user_id, day`;
    type Row = { userId: number; day: string; kind: CheckInKind; checkedAt: Instant; madeOn: string };
    for (const row of await this.db.rows<Row>(sql, [groupId, afterUserId + 1, last])) {
      const { day, kind, checkedAt, madeOn } = row;
      records.get(row.userId)?.rows.push({ day, kind, at: instantOf(checkedAt), madeOn });
    }
    return [...records.values()];
  }

  async saveMembership({ id, version }: Membership, changes: Partial<Membership>): Promise<void> {
    await this.db.repo(Membership).update({ id }, { ...changes, version: version + 1 });
  }

  async saveQuota(groupId: number, userId: number, month: string, used: number): Promise<void> {
    await this.db.repo(MakeUpQuota).delete({ groupId, userId, month });
    await this.db.repo(MakeUpQuota).insert({ groupId, userId, month, used });
  }

  listDays(groupId: number): Promise<GroupDayRow[]> {
    const sql = `select day, done, member_delta as memberDelta from group_days where group_id = ?`;
    return this.db.rows<GroupDayRow>(sql, [groupId]);
  }

  /** The figures of a day, which nobody else changes until the transaction is over. */
  async lockDay(groupId: number, day: string): Promise<GroupDayRow> {
    // A row of zeros says the same as none, and can be locked.
    await this.db.run(this.claimDaySql, [groupId, day]);
    const sql = `select day, done, member_delta as memberDelta from group_days
      where group_id = ? and day = ?${this.db.dialect.forUpdate}`;
    return (await this.db.row<GroupDayRow>(sql, [groupId, day]))!;
  }

  /** What the day's figures should be, from the rows of the present members. */
  async countDay(groupId: number, day: string): Promise<GroupDayRow> {
    const sql = `select count(*) as count from check_ins c
      join memberships m on m.group_id = c.group_id and m.user_id = c.user_id and m.active = ?
      where c.group_id = ? and c.day = ? and c.state = 'valid'`;
    const done = await this.count(sql, [true, groupId, day]);
    const before = toDayText(toDayNumber(day) - 1);
    const memberDelta =
      (await this.countMembersOn(groupId, day)) - (await this.countMembersOn(groupId, before));
    return { day, done, memberDelta };
  }

  async saveDay(groupId: number, { day, done, memberDelta }: GroupDayRow): Promise<void> {
    const sql = 'update group_days set done = ?, member_delta = ? where group_id = ? and day = ?';
    await this.db.run(sql, [done, memberDelta, groupId, day]);
  }

  /** The group's count of members and how many there are; joining and leaving wait until the transaction is over. */
  async lockMemberCount(groupId: number): Promise<{ memberCount: number; members: number }> {
    const sql = `select member_count as memberCount from group_info where id = ?${this.db.dialect.forUpdate}`;
    const { memberCount } = (await this.db.row<{ memberCount: number }>(sql, [groupId]))!;
    const countSql = 'select count(*) as count from memberships where group_id = ? and active = ?';
    return { memberCount, members: await this.count(countSql, [groupId, true]) };
  }

  async saveMemberCount(groupId: number, members: number): Promise<void> {
    await this.db.run('update group_info set member_count = ? where id = ?', [members, groupId]);
  }

  countInvites(): Promise<number> {
    return this.db.repo(Invite).count();
  }

  /** Used less than never, or more often than allowed. */
  listWrongInvites(): Promise<Pick<Invite, 'id' | 'uses' | 'maxUses'>[]> {
    const sql = `select id, uses, max_uses as maxUses from group_invites
      where uses < 0 or (max_uses is not null and uses > max_uses)`;
    return this.db.rows(sql);
  }

  async saveInviteUses(id: number, uses: number): Promise<void> {
    await this.db.run('update group_invites set uses = ? where id = ?', [uses, id]);
  }

  private countMembersOn(groupId: number, day: string): Promise<number> {
    const sql = `select count(*) as count from memberships m where m.group_id = ? and m.active = ?
      and exists (select 1 from membership_spells s where s.group_id = m.group_id and s.user_id = m.user_id
        and s.joined_day <= ? and (s.left_day is null or s.left_day >= ?))`;
    return this.count(sql, [groupId, true, day, day]);
  }

  private async count(sql: string, params: (string | number | boolean)[]): Promise<number> {
    return Number((await this.db.row<{ count: number }>(sql, params))!.count);
  }
}
