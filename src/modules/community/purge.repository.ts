import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';

/** For good; all of it in the caller's transaction. */
@Injectable()
export class PurgeRepository {
  constructor(private readonly db: Database) {}

  /** Posts taken away before an instant, in the order of their ids. */
  listPosts(before: Date, afterId: number, limit: number): Promise<{ id: number }[]> {
    const sql = `select id from posts where removed_at < ? and id > ? order by id limit ${limit}`;
    return this.db.rows(sql, [before, afterId]);
  }

  /** Comments taken away before an instant of which anything is left to purge, in the order of their ids. */
  listComments(before: Date, afterId: number, limit: number): Promise<{ id: number }[]> {
    const sql = `select id from comments where removed_at < ? and id > ? and (reply_count = 0 or body <> '')
      order by id limit ${limit}`;
    return this.db.rows(sql, [before, afterId]);
  }

  /** With its comments, likes and revisions. False when it has come back meanwhile. */
  async deletePost(id: number, before: Date): Promise<boolean> {
    const lock = `select id from posts where id = ? and removed_at < ?${this.db.dialect.forUpdate}`;
    if ((await this.db.rows(lock, [id, before])).length === 0) return false;
    await this.deleteComments("target_type = 'post' and target_id = ?", id);
    await this.db.run("delete from likes where target_type = 'post' and target_id = ?", [id]);
    await this.db.run('delete from posts where id = ?', [id]);
    return true;
  }

  /** With replies, which nobody sees any more either; of one that still has visible ones only the text goes. */
  async deleteComment(id: number, before: Date): Promise<void> {
    const lock = `select reply_count as replyCount from comments where id = ? and removed_at < ?`;
    const row = await this.db.row<{ replyCount: number }>(lock + this.db.dialect.forUpdate, [id, before]);
    if (!row) return;
    if (row.replyCount > 0) {
      await this.db.run("update comments set body = '', html = '', mentions = null where id = ?", [id]);
      return;
    }
    await this.deleteComments('root_id = ?', id);
    await this.deleteComments('id = ?', id);
  }

  private async deleteComments(where: string, id: number): Promise<void> {
    const ids = `select id from comments where ${where}`;
    await this.db.run(`delete from likes where target_type = 'comment' and target_id in (${ids})`, [id]);
    await this.db.run(`delete from comments where ${where}`, [id]);
  }
}
