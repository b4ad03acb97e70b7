import { describe, expect, it } from 'vitest';
import { type CheckInRow } from './day-state.js';
import { DAILY, done, madeUp, onWeekdays, perWeek, rule, SINCE_START } from './fixtures.spec-support.js';
import { type MembershipSpell, stretchStartOf } from './membership-spells.js';
import { type RuleVersion } from './rule.js';
import {
  aliveSince,
  applyCheckIn,
  applyJoin,
  currentStreak,
  EMPTY_STREAK,
  longestStreak,
  rebuild,
} from './streak.js';

// June 2025 begins with a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays.
function streak(
  rules: RuleVersion[],
  rows: CheckInRow[],
  today: string,
  spells: MembershipSpell[] = SINCE_START,
) {
  const cache = rebuild(rules, spells, rows);
  const current = currentStreak(cache, rules, stretchStartOf(spells), today);
  return { ...current, longest: longestStreak(cache, rules, today), total: cache.total };
}
const june = (day: number) => `2025-06-${String(day).padStart(2, '0')}`;
const daily = [rule(DAILY)];

describe('a daily streak', () => {
  const mondayToFriday = done('2025-06', 2, 3, 4, 5, 6);

  it('is 5 on an open Saturday after Monday to Friday', () => {
    expect(streak(daily, mondayToFriday, june(7))).toEqual({
      length: 5,
      unit: 'day',
      from: june(2),
      to: june(6),
      atRisk: true,
      longest: 5,
      total: 5,
    });
  });

  it('is 6 once that Saturday is done', () => {
    expect(streak(daily, [...mondayToFriday, ...done('2025-06', 7)], june(7))).toMatchObject({
      length: 6,
      to: june(7),
      atRisk: false,
    });
  });

  it('is 0 on Sunday when Saturday was missed, and the longest stays', () => {
    expect(streak(daily, mondayToFriday, june(8))).toEqual({
      length: 0,
      unit: 'day',
      from: null,
      to: null,
      atRisk: false,
      longest: 5,
      total: 5,
    });
  });

  it('of 3, a miss and 4 becomes 8 by a make-up', () => {
    const rows = done('2025-06', 2, 3, 4, 6, 7, 8, 9);
    expect(streak(daily, rows, june(9))).toMatchObject({ length: 4, longest: 4, total: 7 });
    expect(streak(daily, [...rows, madeUp(june(5))], june(9))).toMatchObject({
      length: 8,
      from: june(2),
      longest: 8,
      total: 8,
    });
  });

  it('loses its longest only by a withdrawn check-in', () => {
    const rows = done('2025-06', 2, 3, 4, 5, 9);
    expect(streak(daily, rows, june(9)).longest).toBe(4);
    expect(
      streak(
        daily,
        rows.filter((row) => row.day !== june(4)),
        june(9),
      ).longest,
    ).toBe(2);
  });

  it('goes on over both changes of the clocks and over the turn of a year', () => {
    const rules = [rule(DAILY, { timeZone: 'America/New_York', effectiveFrom: '2024-01-01' })];
    const spells = [{ joinedDay: '2024-01-01', leftDay: null }];
    expect(streak(rules, done('2025-03', 7, 8, 9, 10, 11), '2025-03-11', spells).length).toBe(5);
    expect(streak(rules, done('2025-11', 1, 2, 3), '2025-11-03', spells).length).toBe(3);
    expect(
      streak(rules, [...done('2024-12', 30, 31), ...done('2025-01', 1)], '2025-01-02', spells).length,
    ).toBe(3);
  });

  it('is not broken by a date that never came', () => {
    const rules = [rule(DAILY, { timeZone: 'Pacific/Apia', effectiveFrom: '2011-01-01' })];
    const rows = [...done('2011-12', 28, 29, 31), ...done('2012-01', 1)];
    expect(streak(rules, rows, '2012-01-01', [{ joinedDay: '2011-12-01', leftDay: null }]).length).toBe(4);
    expect(aliveSince(rules, '2011-12-31')).toBe('2011-12-29');
  });
});

describe('a streak on chosen weekdays', () => {
  const rules = [rule(onWeekdays(1, 3, 5))];

  it('takes adjacent due days as consecutive, over the weekend too', () => {
    expect(streak(rules, done('2025-06', 2, 4, 6, 9), june(10))).toMatchObject({
      length: 4,
      from: june(2),
      atRisk: false,
    });
  });

  it('is at risk on a due day that is not done', () => {
    expect(streak(rules, done('2025-06', 2, 4, 6, 9), june(11))).toMatchObject({ length: 4, atRisk: true });
  });

  it('ends when a due day was missed', () => {
    expect(streak(rules, done('2025-06', 2, 4, 9), june(9))).toMatchObject({ length: 1, longest: 2 });
  });

  it('does not count a row on a day off', () => {
    expect(streak(rules, done('2025-06', 2, 3, 4), june(5))).toMatchObject({
      length: 2,
      total: 3,
      to: june(4),
    });
  });
});

describe('a streak with times per week', () => {
  const rules = [rule(perWeek(3))];
  const twoWeeks = done('2025-06', 2, 4, 8, 9, 10, 11, 12);

  it('counts weeks with enough done days', () => {
    expect(streak(rules, twoWeeks, june(15))).toEqual({
      length: 2,
      unit: 'week',
      from: june(2),
      to: june(12),
      atRisk: false,
      longest: 2,
      total: 7,
    });
  });

  it('is not broken by the open week', () => {
    expect(streak(rules, twoWeeks, june(16))).toMatchObject({ length: 2, atRisk: false });
    expect(streak(rules, [...twoWeeks, ...done('2025-06', 16)], june(22))).toMatchObject({ length: 2 });
  });

  it('is at risk when no day of the open week may be missed any more', () => {
    expect(streak(rules, twoWeeks, june(19)).atRisk).toBe(false);
    expect(streak(rules, twoWeeks, june(20)).atRisk).toBe(true);
    expect(streak(rules, [...twoWeeks, ...done('2025-06', 20)], june(20)).atRisk).toBe(true);
    expect(streak(rules, [...twoWeeks, ...done('2025-06', 16, 20)], june(20)).atRisk).toBe(false);
    expect(streak(rules, [...twoWeeks, ...done('2025-06', 16, 17, 18)], june(22)).atRisk).toBe(false);
  });

  it('grows by one in the moment the week is met', () => {
    const rows = [...twoWeeks, ...done('2025-06', 16, 17)];
    expect(streak(rules, rows, june(18)).length).toBe(2);
    expect(streak(rules, [...rows, ...done('2025-06', 18)], june(18)).length).toBe(3);
    expect(streak(rules, [...rows, ...done('2025-06', 18, 19)], june(19)).length).toBe(3);
  });

  it('ends with a closed week that has too few', () => {
    expect(streak(rules, twoWeeks, june(23))).toMatchObject({ length: 0, longest: 2 });
  });

  it('loses nothing by a short first week', () => {
    const spells = [{ joinedDay: june(7), leftDay: null }];
    expect(streak(rules, done('2025-06', 7, 9, 10, 11), june(16), spells)).toMatchObject({
      length: 1,
      from: june(9),
    });
  });
});

describe('a streak after a change of the rule', () => {
  it('goes on under another schedule of the same unit', () => {
    const rules = [rule(DAILY), rule(onWeekdays(1, 2), { effectiveFrom: june(5) })];
    expect(streak(rules, done('2025-06', 2, 3, 4, 9, 10), june(12))).toMatchObject({
      length: 5,
      from: june(2),
    });
    const weeks = [rule(perWeek(1)), rule(perWeek(2), { effectiveFrom: june(9) })];
    expect(streak(weeks, done('2025-06', 2, 9, 10), june(12))).toMatchObject({ length: 2, unit: 'week' });
  });

  it('begins anew in another unit, and the longest is that of the unit', () => {
    const rules = [
      rule(DAILY),
      rule(perWeek(1), { effectiveFrom: june(9) }),
      rule(DAILY, { effectiveFrom: june(16) }),
    ];
    const rows = done('2025-06', 2, 3, 4, 5, 6, 7, 8);
    expect(streak(rules, rows, june(8))).toMatchObject({ length: 7, unit: 'day', longest: 7 });
    expect(streak(rules, rows, june(9))).toMatchObject({ length: 0, unit: 'week', longest: 0 });
    expect(streak(rules, [...rows, ...done('2025-06', 10)], june(10))).toMatchObject({
      length: 1,
      unit: 'week',
      longest: 1,
    });
    expect(streak(rules, [...rows, ...done('2025-06', 10)], june(16))).toMatchObject({
      length: 0,
      unit: 'day',
      longest: 7,
    });
  });
});

describe('a streak after leaving and coming back', () => {
  const left = { joinedDay: june(2), leftDay: june(5) };
  const rows = done('2025-06', 2, 3, 4, 5);

  it('is 0 for a former member; longest and total stay', () => {
    expect(streak(daily, rows, june(5), [left])).toMatchObject({ length: 0, longest: 4, total: 4 });
  });

  it('goes on when re-joined the same day', () => {
    const spells = [left, { joinedDay: june(5), leftDay: null }];
    expect(streak(daily, [...rows, ...done('2025-06', 6)], june(6), spells)).toMatchObject({
      length: 5,
      from: june(2),
    });
  });

  it('restarts when re-joined the next day or later, and the old rows count again in total and longest', () => {
    for (const day of [6, 9]) {
      const spells = [left, { joinedDay: june(day), leftDay: null }];
      expect(streak(daily, rows, june(day), spells)).toMatchObject({ length: 0, longest: 4, total: 4 });
      expect(streak(daily, [...rows, ...done('2025-06', day)], june(day), spells)).toMatchObject({
        length: 1,
        total: 5,
      });
    }
  });

  it('restarts for weeks too: the days before the gap do not count for the week after it', () => {
    const rules = [rule(perWeek(3))];
    const spells = [
      { joinedDay: june(2), leftDay: june(10) },
      { joinedDay: june(12), leftDay: null },
    ];
    const before = done('2025-06', 2, 3, 4, 9, 10);
    expect(streak(rules, [...before, ...done('2025-06', 12)], june(12), spells)).toMatchObject({
      length: 0,
      longest: 1,
    });
    const after = [...before, ...done('2025-06', 12, 13, 14)];
    expect(streak(rules, after, june(14), spells)).toMatchObject({ length: 1, from: june(9), longest: 1 });
    expect(rebuild(rules, spells, after)).toMatchObject({ weekCount: 5, stretchWeekCount: 3 });
  });

  it('keeps the cache in step: joining drops the run of an earlier stretch only', () => {
    const cache = rebuild(daily, [left], rows);
    expect(cache).toMatchObject({ length: 4, to: june(5) });
    expect(applyJoin(cache, june(2))).toEqual(cache);
    expect(applyJoin(cache, june(9))).toEqual({ ...cache, length: 0, from: null, to: null });
    expect(applyJoin(cache, june(9))).toEqual(
      rebuild(daily, [left, { joinedDay: june(9), leftDay: null }], rows),
    );
  });
});

describe('the cache', () => {
  it('counts the week and the month of the last day', () => {
    const rows = [...done('2025-05', 30, 31), ...done('2025-06', 1, 2), madeUp(june(3))];
    expect(rebuild(daily, SINCE_START, rows)).toEqual({
      unit: 'day',
      length: 5,
      from: '2025-05-30',
      to: june(3),
      longestDays: 5,
      longestWeeks: 0,
      total: 5,
      makeUps: 1,
      lastDay: june(3),
      weekOf: june(2),
      weekCount: 2,
      stretchWeekCount: 2,
      monthOf: '2025-06',
      monthCount: 3,
    });
  });

  it('does not depend on the order of the rows and leaves its input alone', () => {
    const rows = [...done('2025-06', 7, 2, 5, 3, 9, 4)];
    const copy = structuredClone(rows);
    expect(rebuild(daily, SINCE_START, rows)).toEqual(rebuild(daily, SINCE_START, [...rows].reverse()));
    expect(rows).toEqual(copy);
    const cache = Object.freeze(rebuild(daily, SINCE_START, rows));
    expect(applyCheckIn(cache, daily, '2025-01-01', june(10))).toMatchObject({ length: 2, total: 7 });
  });

  it('is empty without rows', () => {
    expect(rebuild(daily, SINCE_START, [])).toEqual(EMPTY_STREAK);
  });

  it('counts rows outside every stretch in the totals only', () => {
    expect(rebuild(daily, [{ joinedDay: june(3), leftDay: null }], done('2025-06', 1, 2, 3))).toMatchObject({
      length: 1,
      longestDays: 1,
      total: 3,
    });
  });

  it('rebuilds 4 000 rows in milliseconds', () => {
    const start = Date.UTC(2014, 0, 1);
    const rows: CheckInRow[] = Array.from({ length: 4000 }, (_, i) => ({
      day: new Date(start + i * 86_400_000).toISOString().slice(0, 10),
      kind: 'normal',
    }));
    const rules = [rule(DAILY, { effectiveFrom: '2014-01-01', timeZone: 'America/New_York' })];
    const spells = [{ joinedDay: '2014-01-01', leftDay: null }];
    const times = Array.from({ length: 20 }, () => {
      const begun = performance.now();
      expect(rebuild(rules, spells, rows).length).toBe(4000);
      return performance.now() - begun;
    });
    // about 1 ms; ten times that only catches a walk over the whole history per row
    expect(Math.min(...times)).toBeLessThan(10);
  });
});

describe('the day since which a cached run is alive', () => {
  it('is the last due day before today, of weeks the Monday before', () => {
    expect(aliveSince(daily, june(9))).toBe(june(8));
    expect(aliveSince([rule(onWeekdays(1, 3))], june(9))).toBe(june(4));
    expect(aliveSince([rule(perWeek(2))], june(15))).toBe(june(2));
  });

  it('is never before the unit began to hold', () => {
    const rules = [rule(perWeek(2)), rule(onWeekdays(5), { effectiveFrom: june(9) })];
    expect(aliveSince(rules, june(9))).toBe(june(9));
    expect(aliveSince(rules, june(13))).toBe(june(9));
    expect(aliveSince(rules, june(14))).toBe(june(13));
  });
});
