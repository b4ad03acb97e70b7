import { localDayAt, localHourAt, toDayNumber } from './calendar-day.js';
import { isDueDay, periodsOf, ruleOf, type RuleVersion, todayOf } from './rule.js';

/**
 * The day for which members are to be reminded now; null: its hour has not come, or nobody owes anything.
 * @param hour 0 to 23 of the group's clock. One before the start of the group's day belongs to the night that ends it:
 *   with a day from 4 to 4 o'clock, 1 is an hour after midnight and still the same day.
 */
export function reminderDayAt(rules: readonly RuleVersion[], hour: number, now: Date): string | null {
  const today = todayOf(rules, now);
  const { timeZone, dayStartHour } = ruleOf(rules, today);
  if (!isDueDay(periodsOf(rules), toDayNumber(today))) return null;
  const date = toDayNumber(today) + (hour < dayStartHour ? 1 : 0);
  const ms = now.getTime();
  const localDate = localDayAt(timeZone, ms);
  const hasCome = localDate > date || (localDate === date && localHourAt(timeZone, ms) >= hour);
  return hasCome ? today : null;
}
