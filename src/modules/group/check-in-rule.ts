import { isDeepStrictEqual } from 'node:util';
import { appError } from '../../common/errors/app-error.js';
import { say } from '../../common/validation/say.js';
import type { UpdateCheckInRuleDto } from './dto/update-check-in-rule.dto.js';
import { nextEffectiveDay, ruleOf, type RuleVersion, type Schedule, todayOf } from './rules/rule.js';

const DEFAULTS: Omit<RuleVersion, 'timeZone' | 'effectiveFrom'> = {
  dayStartHour: 0,
  schedule: { kind: 'daily' },
  makeUp: { allowed: true, windowDays: 7, monthlyLimit: 3, minReasonLength: 5 },
  minNoteLength: 0,
  imageRequired: false,
};

/** A new group's rule; it holds from the group's first day. */
export function firstRule(input: UpdateCheckInRuleDto & { timeZone: string }, now: Date): RuleVersion {
  const rule = merge({ ...DEFAULTS, timeZone: input.timeZone, effectiveFrom: '1970-01-01' }, input);
  return { ...rule, effectiveFrom: todayOf([rule], now) };
}

/** What a change makes of the versions to come: all from `effectiveFrom` on give way to `version`. */
export interface RuleChange {
  effectiveFrom: string;
  /** Undefined when the change only takes back what was planned, so that the rule of today goes on. */
  version: RuleVersion | undefined;
}

/** A change builds on the latest version, planned ones included; undefined when nothing would be different. */
export function changeOf(
  rules: readonly RuleVersion[],
  input: UpdateCheckInRuleDto,
  now: Date,
): RuleChange | undefined {
  const latest = rules.at(-1)!;
  const rule = merge(latest, input);
  if (isSameRule(rule, latest)) return undefined;
  const effectiveFrom = nextEffectiveDay(rules, rule, now);
  const goesOn = isSameRule(rule, ruleOf(rules, todayOf(rules, now)));
  return { effectiveFrom, version: goesOn ? undefined : { ...rule, effectiveFrom } };
}

function isSameRule(a: RuleVersion, b: RuleVersion): boolean {
  return isDeepStrictEqual({ ...a, effectiveFrom: '' }, { ...b, effectiveFrom: '' });
}

function merge(base: RuleVersion, input: UpdateCheckInRuleDto): RuleVersion {
  const { makeUp } = base;
  return {
    effectiveFrom: base.effectiveFrom,
    timeZone: input.timeZone ?? base.timeZone,
    dayStartHour: input.dayStartHour ?? base.dayStartHour,
    schedule: mergeSchedule(base.schedule, input),
    makeUp: {
      allowed: input.makeUpAllowed ?? makeUp.allowed,
      windowDays: input.makeUpWindowDays ?? makeUp.windowDays,
      monthlyLimit: input.makeUpMonthlyLimit ?? makeUp.monthlyLimit,
      minReasonLength: input.makeUpMinReasonLength ?? makeUp.minReasonLength,
    },
    minNoteLength: input.minNoteLength ?? base.minNoteLength,
    imageRequired: input.imageRequired ?? base.imageRequired,
  };
}

function mergeSchedule(base: Schedule, input: UpdateCheckInRuleDto): Schedule {
  const kind = input.schedule ?? base.kind;
  const weekdays = input.weekdays ?? (base.kind === 'weekdays' ? base.weekdays : undefined);
  const times = input.timesPerWeek ?? (base.kind === 'perWeek' ? base.times : undefined);
  if (kind !== 'weekdays' && input.weekdays) throw misplaced('weekdays', kind);
  if (kind !== 'perWeek' && input.timesPerWeek !== undefined) throw misplaced('timesPerWeek', kind);
  if (kind === 'weekdays') {
    if (!weekdays) throw needed('weekdays');
    return { kind, weekdays: weekdays.toSorted((a, b) => a - b) };
  }
  if (kind === 'perWeek') {
    if (times === undefined) throw needed('timesPerWeek');
    return { kind, times };
  }
  return { kind };
}

const fieldError = (field: string, message: string) =>
  appError('BAD_PARAMETER', { fields: { [`rule.${field}`]: [message] } });
const needed = (field: string) => fieldError(field, say('is needed by this schedule', '该打卡周期需要此项'));
const misplaced = (field: string, schedule: string) =>
  fieldError(
    field,
    say('does not go with the schedule {schedule}', '与打卡周期 {schedule} 不符', { schedule }),
  );
