import { describe, expect, it } from 'vitest';
import { done, madeUp, onWeekdays, perWeek, rule, SINCE_START } from './fixtures.spec-support.js';
import { eligibleMakeUps, makeUpRefusal, makeUpWindow } from './make-up.js';
import { type RuleVersion } from './rule.js';

const today = '2025-06-12';
const policy = (changes: Partial<RuleVersion['makeUp']>) => [
  rule(undefined, { makeUp: { ...rule().makeUp, ...changes } }),
];

describe('a make-up', () => {
  it('is possible for a missed day of the window, down to its first day', () => {
    expect(makeUpRefusal([rule()], SINCE_START, [], '2025-06-11', today)).toBeNull();
    expect(makeUpRefusal([rule()], SINCE_START, [], '2025-06-05', today)).toBeNull();
    expect(makeUpWindow([rule()], today)).toEqual({ from: '2025-06-05', to: '2025-06-11' });
    expect(makeUpWindow(policy({ allowed: false }), today)).toBeNull();
  });

  it.each([
    ['a day outside the window', '2025-06-04', 'MAKE_UP_OUTSIDE_WINDOW'],
    ['a future day', '2025-06-13', 'MAKE_UP_FUTURE'],
    ['today', today, 'MAKE_UP_TODAY'],
    ['a day that was done', '2025-06-10', 'MAKE_UP_NOTHING_MISSED'],
    ['a day that was made up already', '2025-06-09', 'MAKE_UP_NOTHING_MISSED'],
    ['a day before joining', '2024-12-31', 'MAKE_UP_NOT_MEMBER_THEN'],
  ])('is refused for %s', (_, day, refusal) => {
    const rows = [...done('2025-06', 10), madeUp('2025-06-09')];
    expect(makeUpRefusal([rule()], SINCE_START, rows, day, today)).toBe(refusal);
  });

  it('is refused whatever the day where the group does not allow it', () => {
    for (const day of ['2025-06-13', today, '2025-06-11']) {
      expect(makeUpRefusal(policy({ allowed: false }), SINCE_START, [], day, today)).toBe(
        'MAKE_UP_NOT_ALLOWED',
      );
    }
  });

  it('is refused for a weekday off', () => {
    expect(makeUpRefusal([rule(onWeekdays(1))], SINCE_START, [], '2025-06-10', today)).toBe(
      'MAKE_UP_NOT_DUE',
    );
    expect(makeUpRefusal([rule(onWeekdays(1))], SINCE_START, [], '2025-06-09', today)).toBeNull();
  });

  it('is refused in the gap between leaving and coming back, not before it', () => {
    const spells = [
      { joinedDay: '2025-06-01', leftDay: '2025-06-07' },
      { joinedDay: '2025-06-10', leftDay: null },
    ];
    expect(makeUpRefusal([rule()], spells, [], '2025-06-08', today)).toBe('MAKE_UP_NOT_MEMBER_THEN');
    expect(makeUpRefusal([rule()], spells, [], '2025-06-07', today)).toBeNull();
    expect(eligibleMakeUps([rule()], spells, [], today)).toEqual([
      '2025-06-11',
      '2025-06-10',
      '2025-06-07',
      '2025-06-06',
      '2025-06-05',
    ]);
  });

  it('follows the policy of today, not of the day', () => {
    const rules = [...policy({ allowed: false }), { ...rule(), effectiveFrom: today }];
    expect(makeUpRefusal(rules, SINCE_START, [], '2025-06-11', today)).toBeNull();
    expect(makeUpRefusal(rules, SINCE_START, [], '2025-06-10', '2025-06-11')).toBe('MAKE_UP_NOT_ALLOWED');
  });

  it('with times per week is possible until the week is met', () => {
    const rules = [rule(perWeek(3))];
    const one = done('2025-06', 3);
    expect(makeUpRefusal(rules, SINCE_START, one, '2025-06-07', today)).toBeNull();
    // two days were still to come, and two would have been enough
    expect(makeUpRefusal(rules, SINCE_START, one, '2025-06-06', today)).toBe('MAKE_UP_NOT_DUE');
    expect(makeUpRefusal(rules, SINCE_START, done('2025-06', 3, 4, 5), '2025-06-07', today)).toBe(
      'MAKE_UP_NOT_DUE',
    );
    // this week can still be met by doing
    expect(makeUpRefusal(rules, SINCE_START, one, '2025-06-10', today)).toBe('MAKE_UP_NOT_DUE');
    expect(eligibleMakeUps(rules, SINCE_START, one, today)).toEqual(['2025-06-08', '2025-06-07']);
  });
});
