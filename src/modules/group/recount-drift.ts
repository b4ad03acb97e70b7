import { type Differences, differences } from '../../common/recount.js';
import type { GroupDayRow } from './group-day.repository.js';
import type { Membership } from './membership.entity.js';
import type { MemberRecord } from './recount.repository.js';
import { toDayText } from './rules/calendar-day.js';
import { stretchesOf } from './rules/membership-spells.js';
import type { RuleVersion } from './rules/rule.js';
import { rebuild, settled } from './rules/streak.js';

/** Spells follow one another, and only the last one may be open. */
export function faultOfSpells({ spells }: MemberRecord): string | undefined {
  if (spells.length === 0) return 'none';
  for (const [index, { joinedDay, leftDay, leftAt }] of spells.entries()) {
    const next = spells[index + 1];
    if ((leftDay === null) !== (leftAt === null))
      return `left on ${leftDay} at ${leftAt?.toISOString() ?? null}`;
    if (leftDay === null ? next : leftDay < joinedDay || (next && next.joinedDay < leftDay))
      return `${joinedDay} to ${leftDay ?? 'now'}`;
  }
  return undefined;
}

/** Of a member whose spells have no fault. `onBoard`: the lapsed streaks of the group were settled today. */
export function membershipDrift(
  { membership, spells, rows }: MemberRecord,
  rules: readonly RuleVersion[],
  today: string,
  onBoard: boolean,
): Differences {
  const last = spells.at(-1)!;
  const stretchFrom = toDayText(stretchesOf(spells).at(-1)!.from);
  const cache = rebuild(rules, spells, rows);
  const { unit, length, from, to, ...sums } = cache;
  const latest = Math.max(...rows.map(({ at }) => at.getTime()));
  const should: Partial<Membership> = {
    active: last.leftAt === null,
    joinedAt: last.joinedAt,
    leftAt: last.leftAt,
    stretchFrom,
    streakUnit: unit,
    streakLength: settled(cache, rules, stretchFrom, today).length,
    streakFrom: from,
    streakTo: to,
    ...sums,
    lastCheckedAt: rows.length > 0 ? new Date(latest) : null,
  };
  // A run that has ended may stand in its row until somebody looks at the board; in a former member's for good.
  if (!(should.active && onBoard) && membership.streakLength === length) should.streakLength = length;
  return differences(membership, should);
}

export function quotaDrift({ rows, quotas }: MemberRecord): Differences {
  const made: Record<string, number> = {};
  for (const month of quotas.keys()) made[month] = 0;
  for (const { kind, madeOn } of rows) {
    const month = madeOn.slice(0, 7);
    if (kind === 'makeup') made[month] = (made[month] ?? 0) + 1;
  }
  return differences(Object.fromEntries(quotas), made);
}

/** Counts a present member into the days of the group. */
export function addTo(days: Map<string, GroupDayRow>, { spells, rows }: MemberRecord): void {
  const at = (day: string) => {
    let figures = days.get(day);
    if (!figures) days.set(day, (figures = { day, done: 0, memberDelta: 0 }));
    return figures;
  };
  for (const { day } of rows) at(day).done++;
  for (const { from, to } of stretchesOf(spells)) {
    at(toDayText(from)).memberDelta++;
    if (to !== Infinity) at(toDayText(to + 1)).memberDelta--;
  }
}
