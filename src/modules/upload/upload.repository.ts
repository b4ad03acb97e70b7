import { Injectable } from '@nestjs/common';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import type { ImageRef } from './image-ref.js';
import { MediaTargets } from './media-targets.js';
import { Upload, type UploadTarget } from './upload.entity.js';

export interface Target {
  type: UploadTarget;
  id: number;
  /** The group whose visibility holds; null: everybody may see it. */
  groupId: number | null;
}

export type UploadRow = Pick<
  Upload,
  'id' | 'userId' | 'name' | 'width' | 'height' | 'bytes' | 'targetType' | 'groupId'
>;

const COLUMNS = `id, user_id as userId, name, width, height, bytes, target_type as targetType, group_id as groupId`;

@Injectable()
export class UploadRepository {
  constructor(
    private readonly db: Database,
    private readonly targets: MediaTargets,
  ) {}

  async insert(
    upload: Pick<Upload, 'userId' | 'name' | 'contentType' | 'width' | 'height' | 'bytes' | 'createdAt'>,
  ): Promise<number> {
    const { userId, name, contentType, width, height, bytes, createdAt } = upload;
    const { insertId } = await this.db.run(
      `insert into uploads (user_id, name, content_type, width, height, bytes, created_at, unused_since)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      [userId, name, contentType, width, height, bytes, createdAt, createdAt],
    );
    return insertId;
  }

  /** `readable`: what it belongs to has not been taken away; 0 or 1. */
  findByName(name: string): Promise<(UploadRow & { readable: number }) | undefined> {
    const sql = `select ${COLUMNS}, ${this.targets.isReadable('p')} as readable from uploads p where name = ?`;
    return this.db.row(sql, [name]);
  }

  findOfUser(userId: number, id: number): Promise<UploadRow | undefined> {
    const sql = `select ${COLUMNS} from uploads where id = ? and user_id = ?`;
    return this.db.row<UploadRow>(sql, [id, userId]);
  }

  /** Newest first. */
  listOfUser(userId: number, limit: number, before = Number.MAX_SAFE_INTEGER): Promise<UploadRow[]> {
    const index = this.db.dialect.alongIndex('ix_uploads_user');
    const sql = `select ${COLUMNS} from uploads${index} where user_id = ? and id < ?
      and (target_type is null or target_type <> 'removed') order by id desc limit ${limit}`;
    return this.db.rows<UploadRow>(sql, [userId, before]);
  }

  listOfUserByIds(userId: number, ids: readonly number[]): Promise<ImageRef[]> {
    const sql = `select id, name, width, height from uploads
      where id in (${holes(ids)}) and user_id = ? and (target_type is null or target_type <> 'removed')`;
    return this.db.rows<ImageRef>(sql, [...ids, userId]);
  }

  /** What has belonged to nothing since before an instant, whether or not its removal has begun; by id. */
  listUnused(before: Date, afterId: number, limit: number): Promise<UploadRow[]> {
    const sql = `select ${COLUMNS} from uploads where unused_since < ? and id > ? order by id limit ${limit}`;
    return this.db.rows<UploadRow>(sql, [before, afterId]);
  }

  /** From here on nobody can use it. False when it has been used, or claimed, meanwhile. */
  async claimForRemoval(id: number): Promise<boolean> {
    const sql = "update uploads set target_type = 'removed' where id = ? and target_type is null";
    return (await this.db.run(sql, [id])).affected === 1;
  }

  /** False when it was gone already. */
  async delete(id: number): Promise<boolean> {
    const sql = "delete from uploads where id = ? and target_type = 'removed'";
    return (await this.db.run(sql, [id])).affected === 1;
  }

  /** Gives uploads of a user that belong to nothing to a target. */
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

  /** False when it would be more than `limit` together. */
  async useQuota(userId: number, kilobytes: number, limit: number): Promise<boolean> {
    const use = 'update upload_quotas set kilobytes = kilobytes + ? where user_id = ? and kilobytes + ? <= ?';
    if ((await this.db.run(use, [kilobytes, userId, kilobytes, limit])).affected === 1) return true;
    const has = await this.db.row('select id from upload_quotas where user_id = ?', [userId]);
    if (has || kilobytes > limit) return false;
    try {
      const insert = 'insert into upload_quotas (user_id, kilobytes) values (?, ?)';
      await this.db.run(insert, [userId, kilobytes]);
      return true;
    } catch (error) {
      if (this.db.duplicateKey(error) !== 'uq_upload_quotas_user') throw error;
      // A parallel upload was the user's first; with its row there the update decides.
      throw new ConcurrentWriteError();
    }
  }

  async giveQuotaBack(userId: number, kilobytes: number): Promise<void> {
    const sql = 'update upload_quotas set kilobytes = kilobytes - ? where user_id = ? and kilobytes >= ?';
    await this.db.run(sql, [kilobytes, userId, kilobytes]);
  }
}
