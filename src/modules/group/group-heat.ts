import { Injectable } from '@nestjs/common';
import { hotScoreOf } from '../../common/content/hot-score.js';
import { Clock } from '../../common/time/clock.js';
import { GroupDayRepository } from './group-day.repository.js';
import { GroupRepository } from './group.repository.js';

import { toDayNumber, toDayText } from './rules/calendar-day.js';

const PAUSE_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Keeps the groups' hot scores, at most once a minute for a group: an order of lists, not a figure to be exact. */
@Injectable()
export class GroupHeat {
  private readonly warmedAt = new Map<number, number>();

  constructor(
    private readonly groups: GroupRepository,
    private readonly days: GroupDayRepository,
    private readonly clock: Clock,
  ) {}

  async warm(groupId: number, today: string): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - (this.warmedAt.get(groupId) ?? -Infinity) < PAUSE_MS) return;
    if (this.warmedAt.size >= MAX_REMEMBERED) this.warmedAt.clear();
    this.warmedAt.set(groupId, now);
    const week = await this.days.list(groupId, toDayText(toDayNumber(today) - 6), today);
    const done = week.reduce((sum, day) => sum + day.done, 0);
    await this.groups.setHotScore(groupId, hotScoreOf(new Date(today), done));
  }
}
