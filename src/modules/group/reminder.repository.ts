import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { CONTEXT_COLUMNS, contextsOf, type FlatContextRow, type GroupContext } from './group-context.js';

@Injectable()
export class ReminderRepository {
  constructor(private readonly db: Database) {}

  /** Groups that want reminders, by id, without anybody's membership. */
  async list(afterId: number, limit: number): Promise<GroupContext[]> {
    const page = `select id from group_info
      where reminder_hour is not null and dissolved_at is null and id > ? order by id limit ${limit}`;
    const sql = `select ${CONTEXT_COLUMNS} from (${page}) page
      join group_info g on g.id = page.id
      join group_rules r on r.group_id = g.id
      left join memberships m on m.group_id = g.id and m.user_id = 0
      order by g.id, r.effective_from`;
    return contextsOf(await this.db.rows<FlatContextRow>(sql, [afterId]));
  }

  /** True for the one caller who is to send the reminders of the day; false also when its hour was changed. */
  async claimDay(groupId: number, day: string, hour: number): Promise<boolean> {
    const sql = `update group_info set reminded_on = ? where id = ? and reminder_hour = ?
      and dissolved_at is null and (reminded_on is null or reminded_on < ?)`;
    return (await this.db.run(sql, [day, groupId, hour, day])).affected === 1;
  }
}
