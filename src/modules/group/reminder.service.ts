import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { DayBoardRepository } from './day-board.repository.js';
import type { GroupContext } from './group-context.js';
import { GroupNotices } from './group-notices.js';
import { ReminderRepository } from './reminder.repository.js';
import { wholeWeeks } from './rules/calendar-day.js';
import { reminderDayAt } from './rules/reminder.js';
import { ruleOf, timesOf } from './rules/rule.js';

const GROUPS = 200;
const MEMBERS = 500;

/** Before a group's day is over, at an hour it has set, those who have not checked in are told so; once a day. */
@Injectable()
export class ReminderService {
  private readonly logger = new Logger(ReminderService.name);

  constructor(
    private readonly db: Database,
    private readonly reminders: ReminderRepository,
    private readonly dayBoard: DayBoardRepository,
    private readonly notices: GroupNotices,
  ) {}

  /** One group's failure does not keep the others waiting; its day is still open for the next run. */
  async remindAll(now: Date): Promise<void> {
    for (let afterId = 0; ;) {
      const contexts = await this.reminders.list(afterId, GROUPS);
      for (const context of contexts) {
        const { id, reminderHour, remindedOn } = context.group;
        const day = reminderDayAt(context.rules, reminderHour!, now);
        if (day === null || (remindedOn !== null && remindedOn >= day)) continue;
        await this.remind(context, day).catch((error: unknown) =>
          this.logger.error(`The members of group ${id} could not be reminded`, error),
        );
      }
      if (contexts.length < GROUPS) return;
      afterId = contexts.at(-1)!.group.id;
    }
  }

  private async remind({ group, rules }: GroupContext, day: string): Promise<void> {
    const times = timesOf(ruleOf(rules, day).schedule);
    const perWeek = times > 0 ? { fewerThan: times, ...wholeWeeks(day, day) } : undefined;
    await this.db.transaction(async () => {
      if (!(await this.reminders.claimDay(group.id, day, group.reminderHour!))) return;
      for (let afterId = 0; ;) {
        const absent = await this.dayBoard.listAbsent(group.id, day, MEMBERS, { afterId, perWeek });
        if (absent.length > 0)
          await this.notices.remind(
            group,
            absent.map(({ userId }) => userId),
          );
        if (absent.length < MEMBERS) return;
        afterId = absent.at(-1)!.membershipId;
      }
    });
  }
}
