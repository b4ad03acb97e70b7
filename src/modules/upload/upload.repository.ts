import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import type { ImageRef } from './image-ref.js';
import type { UploadTarget } from './upload.entity.js';

export interface Target {
  type: UploadTarget;
  id: number;
  /** The group whose visibility holds; null: everybody may see it. */
  groupId: number | null;
}

const holes = (values: readonly unknown[]) => values.map(() => '?').join(', ');

@Injectable()
export class UploadRepository {
  constructor(private readonly db: Database) {}

  /** Gives uploads of a user that belong to nothing to a target. One after the other in the order of their ids. */
  async claim(userId: number, ids: readonly number[], { type, id, groupId }: Target): Promise<void> {
    const sql = `update uploads set target_type = ?, target_id = ?, group_id = ?, unused_since = null
      where id in (${holes(ids)}) and user_id = ? and target_type is null`;
    await this.db.run(sql, [type, id, groupId, ...ids, userId]);
  }

  /** Of some uploads those that belong to a target. */
  listOfTarget(ids: readonly number[], { type, id }: Omit<Target, 'groupId'>): Promise<ImageRef[]> {
    const sql = `select id, name, width, height from uploads
      where id in (${holes(ids)}) and target_type = ? and target_id = ?`;
    return this.db.rows<ImageRef>(sql, [...ids, type, id]);
  }

  /** What belonged to a target, but for `except`, belongs to nothing from now on. */
  async release(type: UploadTarget, id: number, now: Date, except: readonly number[] = []): Promise<void> {
    const others = except.length > 0 ? ` and id not in (${holes(except)})` : '';
    const sql = `update uploads set target_type = null, target_id = null, group_id = null, unused_since = ?
      where target_type = ? and target_id = ?${others}`;
    await this.db.run(sql, [now, type, id, ...except]);
  }
}
