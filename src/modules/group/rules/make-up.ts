import { toDayNumber, toDayText } from './calendar-day.js';
import { type CheckInRow, memberFacts, stateOf } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { ruleOf, type RuleVersion } from './rule.js';

/** Why a day cannot be made up, named as in the error catalogue. */
export type MakeUpRefusal =
  | 'MAKE_UP_NOT_ALLOWED'
  | 'MAKE_UP_FUTURE'
  | 'MAKE_UP_TODAY'
  | 'MAKE_UP_NOT_MEMBER_THEN'
  | 'MAKE_UP_NOTHING_MISSED'
  | 'MAKE_UP_NOT_DUE'
  | 'MAKE_UP_OUTSIDE_WINDOW';

/**
 * Why `day` cannot be made up on `today` under today's policy, or null. The quota is the caller's.
 * `rows` must hold at least the whole week of `day`.
 */
export function makeUpRefusal(
  rules: readonly RuleVersion[],
  spells: readonly MembershipSpell[],
  rows: readonly CheckInRow[],
  day: string,
  today: string,
): MakeUpRefusal | null {
  const window = makeUpWindow(rules, today);
  if (!window) return 'MAKE_UP_NOT_ALLOWED';
  if (day > today) return 'MAKE_UP_FUTURE';
  if (day === today) return 'MAKE_UP_TODAY';
  const state = stateOf(memberFacts(rules, spells, rows), toDayNumber(day), toDayNumber(today));
  if (state === 'BEFORE_START' || state === 'NOT_MEMBER') return 'MAKE_UP_NOT_MEMBER_THEN';
  if (state === 'DONE' || state === 'MAKEUP') return 'MAKE_UP_NOTHING_MISSED';
  if (state !== 'MISSED') return 'MAKE_UP_NOT_DUE';
  return day < window.from ? 'MAKE_UP_OUTSIDE_WINDOW' : null;
}

/** The days that may be made up on `today` if they were missed, both ends included; null when none may. */
export function makeUpWindow(
  rules: readonly RuleVersion[],
  today: string,
): { from: string; to: string } | null {
  const { allowed, windowDays } = ruleOf(rules, today).makeUp;
  const now = toDayNumber(today);
  return allowed ? { from: toDayText(now - windowDays), to: toDayText(now - 1) } : null;
}

/** The missed days that can be made up on `today`, latest first; `rows` must hold the whole weeks of the window. */
export function eligibleMakeUps(
  rules: readonly RuleVersion[],
  spells: readonly MembershipSpell[],
  rows: readonly CheckInRow[],
  today: string,
): string[] {
  const window = makeUpWindow(rules, today);
  if (!window) return [];
  const facts = memberFacts(rules, spells, rows);
  const now = toDayNumber(today);
  const days: string[] = [];
  for (let day = now - 1; day >= toDayNumber(window.from); day--) {
    if (stateOf(facts, day, now) === 'MISSED') days.push(toDayText(day));
  }
  return days;
}
