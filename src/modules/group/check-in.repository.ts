import { Injectable } from '@nestjs/common';
import { ConcurrentWriteError, Database, type SqlValue } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import { instantOf } from '../../common/database/values.js';
import { groupBy } from '../../common/objects.js';
import type { ImageRef } from '../upload/index.js';
import { CheckIn, type CheckInKind, type CheckInState } from './check-in.entity.js';
import type { Instant } from './group-context.js';
import type { CheckInRow as RuleRow } from './rules/day-state.js';

export interface CheckInRow {
  id: number;
  groupId: number;
  userId: number;
  day: string;
  kind: CheckInKind;
  state: CheckInState;
  note: string;
  checkedAt: Instant;
  madeOn: string;
  likeCount: number;
  commentCount: number;
  /** JSON: a list of `ImageRef`, or null. */
  images: unknown;
}

export type CheckInCounter = 'like_count' | 'comment_count';

/** As one reader sees it. */
export interface CheckInWithAuthor extends CheckInRow {
  /** Whether the reader likes it; 0 or 1. */
  liked: boolean;
  nickname: string;
  avatar: string | null;
}

/** A member's latest check-in, which is the one of today where there is one. */
export interface LastCheckIn {
  id: number;
  day: string;
}

export type NewCheckIn = Omit<CheckIn, 'id' | 'state' | 'images' | 'likeCount' | 'commentCount'>;

const COLUMNS = `c.id, c.group_id as groupId, c.user_id as userId, c.day, c.kind, c.state, c.note,
  c.checked_at as checkedAt, c.made_on as madeOn, c.like_count as likeCount,
  c.comment_count as commentCount, c.images`;

const SHOWN = `select ${COLUMNS}, u.nickname, u.avatar, l.id is not null as liked from check_ins c`;
/** Its parameter is the reader's id. */
const SHOWN_JOINS = `join users u on u.id = c.user_id
  left join likes l on l.target_type = 'checkIn' and l.target_id = c.id and l.user_id = ?`;

/** Its first parameters are `true` and the reader's id. */
const OF_PRESENT_MEMBERS = `${SHOWN}
  join memberships m on m.group_id = c.group_id and m.user_id = c.user_id and m.active = ? ${SHOWN_JOINS}`;

const INSERT = `insert into check_ins (group_id, user_id, day, kind, state, note, checked_at, made_on)
  values (?, ?, ?, ?, 'valid', ?, ?, ?)`;

@Injectable()
export class CheckInRepository {
  constructor(private readonly db: Database) {}

  /** The new row's id; undefined when the day already has a valid check-in. A withdrawn row is revived. */
  async create(row: NewCheckIn): Promise<number | undefined> {
    const { groupId, userId, day, kind, note, checkedAt, madeOn } = row;
    try {
      return (await this.db.run(INSERT, [groupId, userId, day, kind, note, checkedAt, madeOn])).insertId;
    } catch (error) {
      if (this.db.duplicateKey(error) !== 'uq_check_ins_group_user_day') throw error;
    }
    const revive = `update check_ins set kind = ?, state = 'valid', note = ?, checked_at = ?, made_on = ?
      where group_id = ? and user_id = ? and day = ? and state = 'withdrawn'`;
    const params = [kind, note, checkedAt, madeOn, groupId, userId, day];
    if ((await this.db.run(revive, params)).affected === 0) return undefined;
    return (await this.findOfDay(groupId, userId, day))!.id;
  }

  async setImages(id: number, images: readonly ImageRef[]): Promise<void> {
    await this.db.run('update check_ins set images = ? where id = ?', [JSON.stringify(images), id]);
  }

  /** False when it was withdrawn already. */
  async withdraw(id: number): Promise<boolean> {
    const sql = "update check_ins set state = 'withdrawn', images = null where id = ? and state = 'valid'";
    return (await this.db.run(sql, [id])).affected === 1;
  }

  find(groupId: number, id: number): Promise<CheckInRow | undefined> {
    const sql = `select ${COLUMNS} from check_ins c where c.id = ? and c.group_id = ?`;
    return this.db.row<CheckInRow>(sql, [id, groupId]);
  }

  /** Of whatever group. */
  findValid(id: number, lock: boolean): Promise<CheckInRow | undefined> {
    const sql = `select ${COLUMNS} from check_ins c where c.id = ? and c.state = 'valid'`;
    return this.db.row<CheckInRow>(lock ? sql + this.db.dialect.forUpdate : sql, [id]);
  }

  /** A valid one of whatever group, as the reader sees it. */
  findShown(id: number, readerId: number): Promise<CheckInWithAuthor | undefined> {
    const sql = `${SHOWN} ${SHOWN_JOINS} where c.id = ? and c.state = 'valid'`;
    return this.db.row<CheckInWithAuthor>(sql, [readerId, id]);
  }

  /** False when there is no such valid check-in. */
  async addTo(counter: CheckInCounter, id: number, delta: number): Promise<boolean> {
    const sql = `update check_ins set ${counter} = ${counter} + ? where id = ? and state = 'valid'`;
    return (await this.db.run(sql, [delta, id])).affected === 1;
  }

  findOfDay(groupId: number, userId: number, day: string): Promise<CheckInRow | undefined> {
    const sql = `select ${COLUMNS} from check_ins c where c.group_id = ? and c.user_id = ? and c.day = ?`;
    return this.db.row<CheckInRow>(sql, [groupId, userId, day]);
  }

  /** A present member's latest valid check-in in each of some groups. */
  async listLastIds(userId: number, groupIds: readonly number[]): Promise<Map<number, LastCheckIn>> {
    if (groupIds.length === 0) return new Map();
    const sql = `select c.group_id as groupId, c.id, c.day from memberships m
      join check_ins c on c.group_id = m.group_id and c.user_id = m.user_id and c.day = m.last_day
      where m.user_id = ? and m.active = ? and m.group_id in (${holes(groupIds)}) and c.state = 'valid'`;
    const rows = await this.db.rows<LastCheckIn & { groupId: number }>(sql, [userId, true, ...groupIds]);
    return new Map(rows.map(({ groupId, ...last }) => [groupId, last]));
  }

  /** A member's valid check-ins of a range of days, ascending: what the rules reckon with. */
  async listFacts(
    groupId: number,
    userId: number,
    from = '0000-01-01',
    to = '9999-12-31',
  ): Promise<(RuleRow & { id: number })[]> {
    const sql = `select id, day, kind, checked_at as checkedAt from check_ins
      where group_id = ? and user_id = ? and day between ? and ? and state = 'valid' order by day`;
    const rows = await this.db.rows<{ id: number; day: string; kind: CheckInKind; checkedAt: Instant }>(sql, [
      groupId,
      userId,
      from,
      to,
    ]);
    return rows.map(({ checkedAt, ...row }) => ({ ...row, at: instantOf(checkedAt) }));
  }

  /** The same of some groups, without the instants. */
  async listFactsOfGroups(
    userId: number,
    groupIds: readonly number[],
    from: string,
    to: string,
  ): Promise<Map<number, RuleRow[]>> {
    if (groupIds.length === 0) return new Map();
    const sql = `select group_id as groupId, day, kind from check_ins
      where group_id in (${holes(groupIds)}) and user_id = ? and day between ? and ? and state = 'valid'`;
    const rows = await this.db.rows<RuleRow & { groupId: number }>(sql, [...groupIds, userId, from, to]);
    return groupBy(rows, ({ groupId }) => groupId);
  }

  /** Valid check-ins of present members, newest first, as the reader sees them. */
  listFeed(
    groupId: number,
    readerId: number,
    limit: number,
    day?: string,
    before?: { checkedAt: Date; id: number },
  ): Promise<CheckInWithAuthor[]> {
    const params: SqlValue[] = [true, readerId, groupId];
    let where = '';
    if (day !== undefined) {
      where += ' and c.day = ?';
      params.push(day);
    }
    if (before) {
      where += ' and (c.checked_at < ? or (c.checked_at = ? and c.id < ?))';
      params.push(before.checkedAt, before.checkedAt, before.id);
    }
    const sql = `${OF_PRESENT_MEMBERS} where c.group_id = ? and c.state = 'valid'${where} order by c.checked_at desc, c.id desc limit ${limit}`;
    return this.db.rows<CheckInWithAuthor>(sql, params);
  }

  /** Valid check-ins for a day by present members, in the order of their arrival. */
  listDay(
    groupId: number,
    readerId: number,
    day: string,
    limit: number,
    { kind, after }: { kind?: CheckInKind; after?: { checkedAt: Date; id: number } } = {},
  ): Promise<CheckInWithAuthor[]> {
    const params: SqlValue[] = [true, readerId, groupId, day];
    let where = '';
    if (kind) {
      where += ' and c.kind = ?';
      params.push(kind);
    }
    if (after) {
      where += ' and (c.checked_at > ? or (c.checked_at = ? and c.id > ?))';
      params.push(after.checkedAt, after.checkedAt, after.id);
    }
    const sql = `${OF_PRESENT_MEMBERS} where c.group_id = ? and c.day = ? and c.state = 'valid'${where}
      order by c.checked_at, c.id limit ${limit}`;
    return this.db.rows<CheckInWithAuthor>(sql, params);
  }

  /** How many present members checked in on time for `day` before an instant. */
  async countEarlier(groupId: number, day: string, checkedAt: Instant): Promise<number> {
    const sql = `select count(*) as earlier from check_ins c
      join memberships m on m.group_id = c.group_id and m.user_id = c.user_id and m.active = ?
      where c.group_id = ? and c.day = ? and c.state = 'valid' and c.kind = 'normal' and c.checked_at < ?`;
    return Number(
      (await this.db.row<{ earlier: number }>(sql, [true, groupId, day, instantOf(checkedAt)]))!.earlier,
    );
  }

  async countQuota(groupId: number, userId: number, month: string): Promise<number> {
    const sql = 'select used from make_up_quotas where group_id = ? and user_id = ? and month = ?';
    return (await this.db.row<{ used: number }>(sql, [groupId, userId, month]))?.used ?? 0;
  }

  /** False when the month's make-ups are used up. */
  async useQuota(groupId: number, userId: number, month: string, limit: number): Promise<boolean> {
    if (limit === 0) return false;
    const key = [groupId, userId, month];
    const use =
      'update make_up_quotas set used = used + 1 where group_id = ? and user_id = ? and month = ? and used < ?';
    if ((await this.db.run(use, [...key, limit])).affected === 1) return true;
    try {
      await this.db.run(
        'insert into make_up_quotas (group_id, user_id, month, used) values (?, ?, ?, 1)',
        key,
      );
      return true;
    } catch (error) {
      if (this.db.duplicateKey(error) !== 'uq_make_up_quotas_month') throw error;
    }
    // The row is there: used up, unless a parallel request made it between the two statements.
    if ((await this.countQuota(groupId, userId, month)) < limit) throw new ConcurrentWriteError();
    return false;
  }

  async giveQuotaBack(groupId: number, userId: number, month: string): Promise<void> {
    const sql =
      'update make_up_quotas set used = used - 1 where group_id = ? and user_id = ? and month = ? and used > 0';
    await this.db.run(sql, [groupId, userId, month]);
  }
}
