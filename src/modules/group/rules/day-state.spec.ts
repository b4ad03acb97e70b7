import { describe, expect, it } from 'vitest';
import { DAILY, done, madeUp, onWeekdays, perWeek, rule, SINCE_START } from './fixtures.spec-support.js';
import { memberCalendar } from './member-statistics.js';

const states = (
  rules: Parameters<typeof memberCalendar>[0],
  spells: Parameters<typeof memberCalendar>[1],
  rows: Parameters<typeof memberCalendar>[2],
  from: string,
  to: string,
  today: string,
) =>
  memberCalendar(rules, spells, rows, from, to, today)
    .days.map((cell) => cell.state)
    .join(' ');

describe('the state of a day', () => {
  it('is DONE, MAKEUP, MISSED, PENDING or FUTURE for a daily group', () => {
    const rows = [...done('2025-06', 2, 4), madeUp('2025-06-03')];
    expect(states([rule()], SINCE_START, rows, '2025-06-02', '2025-06-07', '2025-06-06')).toBe(
      'DONE MAKEUP DONE MISSED PENDING FUTURE',
    );
    expect(states([rule()], SINCE_START, done('2025-06', 6), '2025-06-06', '2025-06-06', '2025-06-06')).toBe(
      'DONE',
    );
  });

  it('is NOT_DUE on a weekday off, also today', () => {
    const rules = [rule(onWeekdays(1, 3))];
    expect(states(rules, SINCE_START, done('2025-06', 2), '2025-06-02', '2025-06-05', '2025-06-05')).toBe(
      'DONE NOT_DUE MISSED NOT_DUE',
    );
  });

  it('is BEFORE_START before joining, NOT_MEMBER in a gap and after leaving', () => {
    const spells = [
      { joinedDay: '2025-06-03', leftDay: '2025-06-04' },
      { joinedDay: '2025-06-06', leftDay: '2025-06-07' },
    ];
    expect(states([rule()], spells, done('2025-06', 3), '2025-06-02', '2025-06-08', '2025-06-08')).toBe(
      'BEFORE_START DONE MISSED NOT_MEMBER MISSED MISSED NOT_MEMBER',
    );
    expect(states([rule()], [], [], '2024-12-31', '2025-01-01', '2025-06-08')).toBe(
      'BEFORE_START NOT_MEMBER',
    );
  });

  it('is due on the day of joining like on any other', () => {
    const spells = [{ joinedDay: '2025-06-03', leftDay: null }];
    expect(states([rule()], spells, [], '2025-06-03', '2025-06-03', '2025-06-03')).toBe('PENDING');
    expect(states([rule()], spells, [], '2025-06-03', '2025-06-03', '2025-06-04')).toBe('MISSED');
  });

  it('follows the version of the day', () => {
    const rules = [rule(DAILY), rule(onWeekdays(1), { effectiveFrom: '2025-06-04' })];
    expect(states(rules, SINCE_START, [], '2025-06-02', '2025-06-05', '2025-06-05')).toBe(
      'MISSED MISSED NOT_DUE NOT_DUE',
    );
  });

  it('is NOT_DUE on a date that never came', () => {
    const rules = [rule(DAILY, { effectiveFrom: '2011-01-01', timeZone: 'Pacific/Apia' })];
    const spells = [{ joinedDay: '2011-12-01', leftDay: null }];
    expect(states(rules, spells, [], '2011-12-29', '2011-12-31', '2012-01-01')).toBe('MISSED NOT_DUE MISSED');
  });
});

describe('the state of a day with times per week', () => {
  const rules = [rule(perWeek(3))];
  const week = (rows: ReturnType<typeof done>, today: string, spells = SINCE_START) =>
    states(rules, spells, rows, '2025-06-02', '2025-06-08', today);

  it('is COVERED once the week has enough', () => {
    expect(week(done('2025-06', 2, 4, 5), '2025-06-06')).toBe('DONE COVERED DONE DONE COVERED FUTURE FUTURE');
  });

  it('is NOT_DUE while the week can still be met, PENDING today', () => {
    expect(week(done('2025-06', 2), '2025-06-05')).toBe('DONE NOT_DUE NOT_DUE PENDING FUTURE FUTURE FUTURE');
    expect(week(done('2025-06', 3), '2025-06-07')).toBe(
      'NOT_DUE DONE NOT_DUE NOT_DUE NOT_DUE PENDING FUTURE',
    );
  });

  it('is MISSED when the days after it are no longer enough: as many as the week lacks', () => {
    expect(week(done('2025-06', 2), '2025-06-08')).toBe(
      'DONE NOT_DUE NOT_DUE NOT_DUE NOT_DUE MISSED PENDING',
    );
    expect(week(done('2025-06', 2), '2025-06-09')).toBe('DONE NOT_DUE NOT_DUE NOT_DUE NOT_DUE MISSED MISSED');
    expect(week(done('2025-06', 2, 8), '2025-06-09')).toBe(
      'DONE NOT_DUE NOT_DUE NOT_DUE NOT_DUE MISSED DONE',
    );
  });

  it('is NOT_DUE in a week cut too short by joining or leaving', () => {
    expect(week([], '2025-06-20', [{ joinedDay: '2025-06-07', leftDay: null }])).toBe(
      'BEFORE_START BEFORE_START BEFORE_START BEFORE_START BEFORE_START NOT_DUE NOT_DUE',
    );
    expect(week([], '2025-06-20', [{ joinedDay: '2025-01-01', leftDay: '2025-06-03' }])).toBe(
      'NOT_DUE NOT_DUE NOT_MEMBER NOT_MEMBER NOT_MEMBER NOT_MEMBER NOT_MEMBER',
    );
  });

  it('is MISSED in a week that joining left long enough', () => {
    expect(week([], '2025-06-20', [{ joinedDay: '2025-06-06', leftDay: null }])).toBe(
      'BEFORE_START BEFORE_START BEFORE_START BEFORE_START MISSED MISSED MISSED',
    );
  });
});
