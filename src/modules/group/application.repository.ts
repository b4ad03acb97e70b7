import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../common/database/database.js';
import { Application, type ApplicationState } from './application.entity.js';
import type { Instant } from './group-context.js';

export interface ApplicationRow {
  id: number;
  groupId: number;
  groupName: string;
  userId: number;
  nickname: string;
  avatar: string | null;
  reason: string;
  state: ApplicationState;
  message: string | null;
  decidedAt: Instant | null;
  createdAt: Instant;
}

const SELECT = `select a.id, a.group_id as groupId, g.name as groupName, a.user_id as userId, u.nickname, u.avatar, a.reason,
  a.state, a.message, a.decided_at as decidedAt, a.created_at as createdAt
  from group_applications a join group_info g on g.id = a.group_id join users u on u.id = a.user_id`;

const pendingKeyOf = (groupId: number, userId: number) => `${groupId}:${userId}`;

@Injectable()
export class ApplicationRepository {
  constructor(private readonly db: Database) {}

  /** Undefined when one of this person is waiting already. */
  async insert(
    groupId: number,
    userId: number,
    reason: string,
    createdAt: Date,
  ): Promise<number | undefined> {
    const row = { groupId, userId, reason, state: 'pending' as const, createdAt };
    try {
      const pendingKey = pendingKeyOf(groupId, userId);
      return await this.db.insert(Application, { ...row, pendingKey });
    } catch (error) {
      if (this.db.duplicateKey(error) === 'uq_group_applications_pending') return undefined;
      throw error;
    }
  }

  find(groupId: number, id: number): Promise<ApplicationRow | undefined> {
    return this.db.row<ApplicationRow>(`${SELECT} where a.id = ? and a.group_id = ?`, [id, groupId]);
  }

  async findPending(groupId: number, userId: number): Promise<number | undefined> {
    const sql = 'select id from group_applications where pending_key = ?';
    return (await this.db.row<{ id: number }>(sql, [pendingKeyOf(groupId, userId)]))?.id;
  }

  /** False when it is no longer waiting. */
  async decide(
    id: number,
    state: 'approved' | 'refused' | 'withdrawn',
    decision: Partial<Pick<Application, 'message' | 'decidedBy' | 'decidedAt'>>,
  ): Promise<boolean> {
    const changes = { ...decision, state, pendingKey: null };
    const result = await this.db.repo(Application).update({ id, state: 'pending' }, changes);
    return (result.affected ?? 0) === 1;
  }

  /** For one who has come in, or been banned, by another way. */
  async closePending(
    groupId: number,
    userId: number,
    state: 'refused' | 'withdrawn',
    at: Date,
  ): Promise<void> {
    const pendingKey = pendingKeyOf(groupId, userId);
    await this.db.repo(Application).update({ pendingKey }, { state, pendingKey: null, decidedAt: at });
  }

  /** Newest first. */
  listOfGroup(
    groupId: number,
    state: ApplicationState,
    limit: number,
    beforeId?: number,
  ): Promise<ApplicationRow[]> {
    return this.list('where a.group_id = ? and a.state = ?', [groupId, state], limit, beforeId);
  }

  /** A person's own that wait in groups he may see, newest first; at most one per group. */
  listOfApplicant(userId: number, limit: number, beforeId?: number): Promise<ApplicationRow[]> {
    const which = `where a.user_id = ? and a.state = 'pending' and g.dissolved_at is null and g.visibility = 'public'`;
    return this.list(which, [userId], limit, beforeId);
  }

  /** Waiting in the groups a person runs, newest first. */
  listForRunner(userId: number, limit: number, beforeId?: number): Promise<ApplicationRow[]> {
    const which = `join memberships m on m.group_id = a.group_id and m.user_id = ? and m.active = ?
      and m.role in ('owner', 'admin')
      where a.state = 'pending' and g.dissolved_at is null`;
    return this.list(which, [userId, true], limit, beforeId);
  }

  private list(
    which: string,
    params: readonly SqlValue[],
    limit: number,
    beforeId: number | undefined,
  ): Promise<ApplicationRow[]> {
    const before = beforeId === undefined ? '' : 'and a.id < ?';
    const sql = `${SELECT} ${which} ${before} order by a.id desc limit ${limit}`;
    return this.db.rows<ApplicationRow>(sql, beforeId === undefined ? params : [...params, beforeId]);
  }
}
