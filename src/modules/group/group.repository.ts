import { Injectable } from '@nestjs/common';
import { ConcurrentWriteError, Database, type SqlValue } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import { GroupCategory } from './group-category.entity.js';
import {
  CONTEXT_COLUMNS,
  contextsOf,
  type FlatContextRow,
  type GroupContext,
  type RuleColumns,
} from './group-context.js';
import { GroupRule } from './group-rule.entity.js';
import { Group } from './group.entity.js';

export type GroupSort = 'new' | 'hot' | 'members';

export interface ListGroupsFilter {
  categoryId?: number;
  /** Normalised; matches anywhere in the name. */
  nameKey?: string;
  sort: GroupSort;
  /** Sort value and id of the last row of the page before. */
  after?: { value: number; id: number };
  limit: number;
}

/** With the membership for which it is in the list. */
export type ListedGroup = GroupContext & { listedId: number };

const SORT_COLUMN = { new: 'g.id', hot: 'g.hot_score', members: 'g.member_count' } as const;

const FIND_CONTEXT = `select ${CONTEXT_COLUMNS} from group_info g
  join group_rules r on r.group_id = g.id
  left join memberships m on m.group_id = g.id and m.user_id = ?
  where g.id = ? and g.dissolved_at is null order by r.effective_from`;

@Injectable()
export class GroupRepository {
  constructor(private readonly db: Database) {}

  async findContext(groupId: number, userId: number): Promise<GroupContext | undefined> {
    return contextsOf(await this.db.rows<FlatContextRow>(FIND_CONTEXT, [userId, groupId]))[0];
  }

  /** Of some users those who may see the group: what `visibleGroups` says, for several people. */
  async findReaders(
    groupId: number,
    userIds: readonly number[],
    rolesThatSeeAll: readonly string[],
  ): Promise<Set<number>> {
    if (userIds.length === 0) return new Set();
    const sql = `select u.id from users u join group_info g on g.id = ? and g.dissolved_at is null
      left join memberships m on m.group_id = g.id and m.user_id = u.id and m.active = ?
      where u.id in (${holes(userIds)})
      and (g.visibility = 'public' or m.id is not null or u.role in (${holes(rolesThatSeeAll)}))`;
    const rows = await this.db.rows<{ id: number }>(sql, [groupId, true, ...userIds, ...rolesThatSeeAll]);
    return new Set(rows.map(({ id }) => id));
  }

  async isPublic(groupId: number): Promise<boolean> {
    const sql = "select id from group_info where id = ? and visibility = 'public' and dissolved_at is null";
    return (await this.db.row(sql, [groupId])) !== undefined;
  }

  insert(
    group: Omit<
      Group,
      | 'id'
      | 'memberCount'
      | 'streaksSettledOn'
      | 'dissolvedAt'
      | 'cover'
      | 'postCount'
      | 'checkInPosts'
      | 'checkInComments'
      | 'reminderHour'
      | 'remindedOn'
    > &
      Partial<Pick<Group, 'checkInPosts' | 'checkInComments' | 'reminderHour'>>,
  ): Promise<number> {
    return this.db.insert(Group, group);
  }

  async update(id: number, changes: Partial<Group>): Promise<void> {
    await this.db.repo(Group).update({ id }, changes);
  }

  /** False when the present members would not fit any more. */
  async changeCapacity(id: number, maxMembers: number): Promise<boolean> {
    const sql = 'update group_info set max_members = ? where id = ? and member_count <= ?';
    return (await this.db.run(sql, [maxMembers, id, maxMembers])).affected === 1;
  }

  /** False when the group is full or gone. Locks the group's row: do it before any other write of a join. */
  async addMember(id: number): Promise<boolean> {
    const sql = `update group_info set member_count = member_count + 1
      where id = ? and member_count < max_members and dissolved_at is null`;
    return (await this.db.run(sql, [id])).affected === 1;
  }

  async removeMember(id: number): Promise<void> {
    await this.db.run('update group_info set member_count = member_count - 1 where id = ?', [id]);
  }

  /** Makes whoever else joins, leaves or bans wait until the transaction is over. */
  async lock(id: number): Promise<void> {
    await this.db.rows(`select id from group_info where id = ?${this.db.dialect.forUpdate}`, [id]);
  }

  /** @throws ConcurrentWriteError when the owner is no longer `from`; the transaction is tried again */
  async changeOwner(id: number, from: number, to: number): Promise<void> {
    const sql = 'update group_info set owner_id = ? where id = ? and owner_id = ?';
    if ((await this.db.run(sql, [to, id, from])).affected === 0) throw new ConcurrentWriteError();
  }

  async addPosts(id: number, delta: number): Promise<void> {
    await this.db.run('update group_info set post_count = post_count + ? where id = ?', [delta, id]);
  }

  async setHotScore(id: number, hotScore: number): Promise<void> {
    await this.db.run('update group_info set hot_score = ? where id = ? and hot_score < ?', [
      hotScore,
      id,
      hotScore,
    ]);
  }

  /** True for the one caller who is to settle the streaks of `day`. */
  async claimStreakSettling(id: number, day: string): Promise<boolean> {
    const sql = `update group_info set streaks_settled_on = ?
      where id = ? and (streaks_settled_on is null or streaks_settled_on < ?)`;
    return (await this.db.run(sql, [day, id, day])).affected === 1;
  }

  async insertRule(groupId: number, rule: RuleColumns, createdAt: Date): Promise<void> {
    await this.db.repo(GroupRule).insert({ ...rule, groupId, createdAt });
  }

  async deleteRulesFrom(groupId: number, day: string): Promise<void> {
    await this.db.run('delete from group_rules where group_id = ? and effective_from >= ?', [groupId, day]);
  }

  listCategories(): Promise<GroupCategory[]> {
    return this.db.repo(GroupCategory).find({ order: { position: 'ASC' } });
  }

  categoryExists(id: number): Promise<boolean> {
    return this.db.repo(GroupCategory).existsBy({ id });
  }

  /** Of every group there is; for commands. */
  async listIds(): Promise<number[]> {
    const sql = 'select id from group_info where dissolved_at is null order by id';
    return (await this.db.rows<{ id: number }>(sql)).map(({ id }) => id);
  }

  /** Public groups only, whoever asks; each with the asker's membership. */
  async listPublic(userId: number, filter: ListGroupsFilter): Promise<GroupContext[]> {
    const column = SORT_COLUMN[filter.sort];
    const where = ["g.visibility = 'public'", 'g.dissolved_at is null'];
    const params: SqlValue[] = [];
    if (filter.categoryId !== undefined) {
      where.push('g.category_id = ?');
      params.push(filter.categoryId);
    }
    if (filter.nameKey !== undefined) {
      where.push(this.db.dialect.like('g.name_key'));
      params.push(`%${this.db.dialect.escapeLike(filter.nameKey)}%`);
    }
    if (filter.after) {
      where.push(`(${column} < ? or (${column} = ? and g.id < ?))`);
      params.push(filter.after.value, filter.after.value, filter.after.id);
    }
    const order = `${column} desc${filter.sort === 'new' ? '' : ', g.id desc'}`;
    const page = `select g.* from group_info g where ${where.join(' and ')} order by ${order} limit ${filter.limit}`;
    const sql = `select ${CONTEXT_COLUMNS} from (${page}) g
      join group_rules r on r.group_id = g.id
      left join memberships m on m.group_id = g.id and m.user_id = ?
      order by ${order}, r.effective_from`;
    return contextsOf(await this.db.rows<FlatContextRow>(sql, [...params, userId]));
  }

  async listIdsOfMember(userId: number): Promise<number[]> {
    const sql = `select g.id from memberships m join group_info g on g.id = m.group_id and g.dissolved_at is null
      where m.user_id = ? and m.active = ?`;
    return (await this.db.rows<{ id: number }>(sql, [userId, true])).map(({ id }) => id);
  }

  /** The groups a person belongs to, longest membership first. */
  async listOfMember(userId: number, limit: number, afterMembership = 0): Promise<GroupContext[]> {
    const memberships = `memberships p${this.db.dialect.alongIndex('ix_memberships_user_list')}`;
    const page = `select p.* from ${memberships} join group_info q on q.id = p.group_id and q.dissolved_at is null
      where p.user_id = ? and p.active = ? and p.id > ? order by p.id limit ${limit}`;
    const sql = `select ${CONTEXT_COLUMNS} from (${page}) m
      join group_info g on g.id = m.group_id
      join group_rules r on r.group_id = g.id
      order by m.id, r.effective_from`;
    return contextsOf(await this.db.rows<FlatContextRow>(sql, [userId, true, afterMembership]));
  }

  /** The groups a person belongs or has belonged to: present ones first, latest membership first. */
  async listEverOfMember(userId: number, limit: number): Promise<GroupContext[]> {
    const memberships = `memberships p${this.db.dialect.alongIndex('ix_memberships_user_list')}`;
    const page = `select p.* from ${memberships} join group_info q on q.id = p.group_id and q.dissolved_at is null
      where p.user_id = ? order by p.active desc, p.id desc limit ${limit}`;
    const sql = `select ${CONTEXT_COLUMNS} from (${page}) m
      join group_info g on g.id = m.group_id
      join group_rules r on r.group_id = g.id
      order by g.id, r.effective_from`;
    return contextsOf(await this.db.rows<FlatContextRow>(sql, [userId]));
  }

  /**
   * The groups another belongs to, latest membership first, each with the reader's own membership; `visible` is a
   * condition on the group `v`.
   */
  async listOfUser(
    userId: number,
    readerId: number,
    visible: { sql: string; params: SqlValue[] },
    limit: number,
    beforeMembership: number,
  ): Promise<ListedGroup[]> {
    const memberships = `memberships p${this.db.dialect.alongIndex('ix_memberships_user_list')}`;
    // Counted, so that no database begins with the groups there are.
    const groups = `select count(*) from group_info v where v.id = p.group_id and ${visible.sql}`;
    const page = `select p.id, p.group_id from ${memberships}
      where p.user_id = ? and p.active = ? and p.id < ? and (${groups}) = 1 order by p.id desc limit ${limit}`;
    const sql = `select p.id as pId, ${CONTEXT_COLUMNS} from (${page}) p
      join group_info g on g.id = p.group_id
      join group_rules r on r.group_id = g.id
      left join memberships m on m.group_id = g.id and m.user_id = ?
      order by p.id desc, r.effective_from`;
    const params = [userId, true, beforeMembership, ...visible.params, readerId];
    const rows = await this.db.rows<FlatContextRow>(sql, params);
    const ids = new Map(rows.map((row) => [row.gId, row.pId as number]));
    return contextsOf(rows).map((context) => ({ ...context, listedId: ids.get(context.group.id)! }));
  }
}
