import { mondayOf } from './calendar-day.js';
import { type DayState } from './day-state.js';
import { acceptsCheckIn, ruleOf, type RuleVersion, timesOf } from './rule.js';
import { type StreakCache } from './streak.js';

/** What a member's today can be. */
export const TODAY_STATES = ['PENDING', 'DONE', 'COVERED', 'NOT_DUE'] as const satisfies readonly DayState[];
export type TodayState = (typeof TODAY_STATES)[number];

/** The state of a present member's today, as `stateOf` gives it of the rows, from what is kept beside them. */
export function stateToday(
  { lastDay, weekOf, stretchWeekCount }: StreakCache,
  rules: readonly RuleVersion[],
  stretchStartDay: string,
  today: string,
): TodayState {
  if (lastDay === today) return 'DONE';
  if (!acceptsCheckIn(rules, today)) return 'NOT_DUE';
  const times = timesOf(ruleOf(rules, today).schedule);
  const counts = weekOf === mondayOf(today) && lastDay !== null && lastDay >= stretchStartDay;
  return times > 0 && counts && stretchWeekCount >= times ? 'COVERED' : 'PENDING';
}
