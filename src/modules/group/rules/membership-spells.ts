import { toDayNumber } from './calendar-day.js';

/** One time of being a member, in the group's own days; leftDay is null while it lasts. */
export interface MembershipSpell {
  joinedDay: string;
  leftDay: string | null;
}

/** Spells without a gap: who leaves and comes back on the same day has never been away. */
export interface Stretch {
  from: number;
  /** last day, Infinity while it lasts */
  to: number;
}

/** `spells` ascending; days before `notBefore` are cut off. */
export function stretchesOf(spells: readonly MembershipSpell[], notBefore = -Infinity): Stretch[] {
  const stretches: Stretch[] = [];
  for (const spell of spells) {
    const from = Math.max(toDayNumber(spell.joinedDay), notBefore);
    const to = spell.leftDay === null ? Infinity : toDayNumber(spell.leftDay);
    const previous = stretches.at(-1);
    if (previous && from <= previous.to) previous.to = to;
    else stretches.push({ from, to });
  }
  return stretches;
}

/** The first day of the member's present stretch; null for somebody who is not a member now. */
export function stretchStartOf(spells: readonly MembershipSpell[]): string | null {
  let start: string | null = null;
  let left: string | null = null;
  for (const spell of spells) {
    if (start === null || left === null || spell.joinedDay > left) start = spell.joinedDay;
    left = spell.leftDay;
  }
  return left === null ? start : null;
}
