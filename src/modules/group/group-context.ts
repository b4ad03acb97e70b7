import type { SqlValue } from '../../common/database/database.js';
import type { Instant } from '../../common/database/values.js';
import type { Group } from './group.entity.js';
import type { GroupRule } from './group-rule.entity.js';
import type { Membership } from './membership.entity.js';
import type { RuleVersion, Schedule } from './rules/rule.js';

export type { Instant } from '../../common/database/values.js';

type Flat<T> = { [K in keyof T]: Date extends T[K] ? Instant | Extract<T[K], null> : T[K] };

export type GroupRow = Flat<Omit<Group, 'nameKey'>>;
export type MembershipRow = Flat<Omit<Membership, 'active'>> & { active: boolean };

/** A group, its rule versions and one person's membership (also a former one), read in one statement. */
export interface GroupContext {
  group: GroupRow;
  /** Ascending, never empty. */
  rules: RuleVersion[];
  membership: MembershipRow | null;
}

const GROUP_COLUMNS = [
  'id', 'name', 'description', 'notice', 'category_id', 'join_policy', 'visibility', 'max_members',
  'member_count', 'hot_score', 'streaks_settled_on', 'owner_id', 'cover', 'post_count', 'check_in_posts',
  'check_in_comments', 'reminder_hour', 'reminded_on', 'created_at', 'updated_at', 'dissolved_at',
]; // prettier-ignore
const MEMBERSHIP_COLUMNS = [
  'id', 'group_id', 'user_id', 'role', 'active', 'joined_at', 'left_at', 'stretch_from', 'muted_until',
  'mute_reason', 'streak_unit', 'streak_length', 'streak_from', 'streak_to', 'longest_days', 'longest_weeks',
  'total', 'make_ups', 'week_of', 'week_count', 'stretch_week_count', 'month_of', 'month_count', 'last_day',
  'last_checked_at', 'version',
]; // prettier-ignore
const RULE_COLUMNS = [
  'effective_from', 'time_zone', 'day_start_hour', 'schedule', 'weekdays', 'times_per_week', 'make_up_allowed',
  'make_up_window_days', 'make_up_monthly_limit', 'make_up_min_reason_length', 'min_note_length',
  'image_required',
]; // prettier-ignore

const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const select = (alias: string, prefix: string, columns: string[]) =>
  columns.map((column) => `${alias}.${column} as ${prefix}${camel(`_${column}`)}`).join(', ');

/** `g…`, `m…` and `r…` columns for the aliases g, m and r; `contextsOf` reads them. */
export const CONTEXT_COLUMNS = [
  select('g', 'g', GROUP_COLUMNS),
  select('m', 'm', MEMBERSHIP_COLUMNS),
  select('r', 'r', RULE_COLUMNS),
].join(', ');

export type FlatContextRow = Record<string, SqlValue>;

const reader = (prefix: string, columns: string[]) => {
  const pairs = columns.map((column) => [camel(column), prefix + camel(`_${column}`)] as const);
  return (row: FlatContextRow) => {
    const part: Record<string, SqlValue> = {};
    for (const [property, column] of pairs) part[property] = row[column]!;
    return part;
  };
};
const readGroup = reader('g', GROUP_COLUMNS);
const readMembership = reader('m', MEMBERSHIP_COLUMNS);
const readRule = reader('r', RULE_COLUMNS);

/** Folds rows (one per rule version, the versions of a group together and ascending) into contexts. */
export function contextsOf(rows: readonly FlatContextRow[]): GroupContext[] {
  const contexts: GroupContext[] = [];
  for (const row of rows) {
    let context = contexts.at(-1);
    if (!context || context.group.id !== row.gId) {
      context = { group: readGroup(row) as unknown as GroupRow, rules: [], membership: membershipOf(row) };
      contexts.push(context);
    }
    context.rules.push(toRuleVersion(readRule(row) as unknown as RuleColumns));
  }
  return contexts;
}

function membershipOf(row: FlatContextRow): MembershipRow | null {
  if (row.mId === null) return null;
  return { ...(readMembership(row) as unknown as MembershipRow), active: Boolean(row.mActive) };
}

export type RuleColumns = Omit<GroupRule, 'id' | 'groupId' | 'createdAt'>;

export function toRuleVersion(columns: RuleColumns): RuleVersion {
  return {
    effectiveFrom: columns.effectiveFrom,
    timeZone: columns.timeZone,
    dayStartHour: columns.dayStartHour,
    schedule: scheduleOf(columns),
    makeUp: {
      allowed: Boolean(columns.makeUpAllowed),
      windowDays: columns.makeUpWindowDays,
      monthlyLimit: columns.makeUpMonthlyLimit,
      minReasonLength: columns.makeUpMinReasonLength,
    },
    minNoteLength: columns.minNoteLength,
    imageRequired: Boolean(columns.imageRequired),
  };
}

function scheduleOf({ schedule, weekdays, timesPerWeek }: RuleColumns): Schedule {
  if (schedule === 'weekdays') return { kind: schedule, weekdays: [...weekdays].map(Number) };
  if (schedule === 'perWeek') return { kind: schedule, times: timesPerWeek };
  return { kind: schedule };
}

export function toRuleColumns(rule: RuleVersion): RuleColumns {
  const { schedule, makeUp } = rule;
  return {
    effectiveFrom: rule.effectiveFrom,
    timeZone: rule.timeZone,
    dayStartHour: rule.dayStartHour,
    schedule: schedule.kind,
    weekdays: schedule.kind === 'weekdays' ? schedule.weekdays.join('') : '',
    timesPerWeek: schedule.kind === 'perWeek' ? schedule.times : 0,
    makeUpAllowed: makeUp.allowed,
    makeUpWindowDays: makeUp.windowDays,
    makeUpMonthlyLimit: makeUp.monthlyLimit,
    makeUpMinReasonLength: makeUp.minReasonLength,
    minNoteLength: rule.minNoteLength,
    imageRequired: rule.imageRequired,
  };
}
