import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import type { Instant } from '../../common/database/values.js';
import type { LikeTarget } from './like.entity.js';

export interface LikerRow {
  id: number;
  createdAt: Instant;
  userId: number;
  nickname: string;
  avatar: string | null;
}

@Injectable()
export class LikeRepository {
  constructor(private readonly db: Database) {}

  /** False when it is there already. */
  async insert(type: LikeTarget, targetId: number, userId: number, at: Date): Promise<boolean> {
    const sql = 'insert into likes (target_type, target_id, user_id, created_at) values (?, ?, ?, ?)';
    try {
      await this.db.run(sql, [type, targetId, userId, at]);
      return true;
    } catch (error) {
      if (this.db.duplicateKey(error) === 'uq_likes_target_user') return false;
      throw error;
    }
  }

  /** False when there was none. */
  async delete(type: LikeTarget, targetId: number, userId: number): Promise<boolean> {
    const sql = 'delete from likes where target_type = ? and target_id = ? and user_id = ?';
    return (await this.db.run(sql, [type, targetId, userId])).affected === 1;
  }

  /** Newest first. */
  list(type: LikeTarget, targetId: number, limit: number, beforeId: number): Promise<LikerRow[]> {
    const index = this.db.dialect.alongIndex('ix_likes_target');
    const sql = `select p.id, p.created_at as createdAt, p.user_id as userId, u.nickname, u.avatar from (
        select id, created_at, user_id from likes${index} where target_type = ? and target_id = ? and id < ?
        order by id desc limit ${limit}
      ) p join users u on u.id = p.user_id order by p.id desc`;
    return this.db.rows<LikerRow>(sql, [type, targetId, beforeId]);
  }
}
