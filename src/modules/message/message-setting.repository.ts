import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import type { NoticeType } from '../../common/events/notice.js';

export interface SwitchedOffRow {
  userId: number;
  type: NoticeType;
}

@Injectable()
export class MessageSettingRepository {
  private readonly saveSql: string;

  constructor(private readonly db: Database) {
    this.saveSql = db.dialect.upsert({
      table: 'message_settings',
      columns: ['user_id', 'type', 'enabled'],
      key: ['user_id', 'type'],
      update: { enabled: (inserted) => inserted('enabled') },
    });
  }

  listSwitchedOff(userIds: readonly number[]): Promise<SwitchedOffRow[]> {
    const sql = `select user_id as userId, type from message_settings
      where user_id in (${holes(userIds)}) and enabled = ?`;
    return this.db.rows<SwitchedOffRow>(sql, [...userIds, false]);
  }

  async save(userId: number, type: NoticeType, enabled: boolean): Promise<void> {
    await this.db.run(this.saveSql, [userId, type, enabled]);
  }
}
