import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { vi } from 'vitest';
import { type CheckInRow } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { type Oracle, type OracleDays, type Season } from './oracle.spec-support.js';
import { type RuleVersion, type Schedule } from './rule.js';
import { type StreakCache } from './streak.js';

export const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Pacific/Pago_Pago',
  'Pacific/Kiritimati',
];
/** Both changes of the clocks in New York, Berlin, Lord Howe and Cairo, and the date that Samoa leapt over. */
export const SEASONS: Season[] = [
  { from: '2025-02-24', to: '2025-05-11' },
  { from: '2025-09-22', to: '2025-12-07' },
  { from: '2011-12-05', to: '2012-02-12' },
];
/** Days of the season before and after a life, longer than any make-up window. */
const MARGIN_DAYS = 12;
const MINUTE_MS = 60_000;

const weekday = fc.integer({ min: 1, max: 7 });
const schedule = fc.oneof(
  fc.constant<Schedule>({ kind: 'daily' }),
  fc.uniqueArray(weekday, { minLength: 1 }).map((weekdays): Schedule => ({ kind: 'weekdays', weekdays })),
  weekday.map((times): Schedule => ({ kind: 'perWeek', times })),
);
const settings = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  dayStartHour: fc.integer({ min: 0, max: 6 }),
  schedule,
  makeUp: fc.record({
    allowed: fc.nat(9).map((n) => n > 0),
    windowDays: fc.integer({ min: 0, max: 10 }),
    monthlyLimit: fc.constant(3),
    minReasonLength: fc.constant(5),
  }),
  minNoteLength: fc.constant(0),
});
type Settings = Omit<RuleVersion, 'effectiveFrom'>;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('checkIn' as const), days: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(60 * 60) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('waitForEnd' as const), ms: fc.constantFrom(-1, 0, 1) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('makeUp' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('changeRule' as const), settings }) },
);
export const anyLife = fc.record({
  season: fc.nat(SEASONS.length - 1),
  startMinute: fc.nat(20 * 24 * 60),
  settings,
  steps: fc.array(step, { maxLength: 16, size: 'max' }),
  /** decides the order of the rows and the day to be added at the end */
  dice: fc.nat(1_000_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type LifeStory = typeof anyLife extends fc.Arbitrary<infer T> ? T : never;

/** The functions in fresh modules: nothing read from the process's zone at load time may survive from the zone before. */
export async function loadRules() {
  vi.resetModules();
  return {
    ...(await import('./calendar-day.js')),
    ...(await import('./rule.js')),
    ...(await import('./membership-spells.js')),
    ...(await import('./streak.js')),
    ...(await import('./make-up.js')),
    ...(await import('./member-statistics.js')),
    ...(await import('./oracle.spec-support.js')),
  };
}
export type Rules = Awaited<ReturnType<typeof loadRules>>;

/** expect() would take longer than all else here. */
function same(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

function notLess(actual: number, least: number, what: string): void {
  if (!(actual >= least)) throw new Error(`${what}: ${actual} is less than ${least}`);
}

/** One member in one group, living through the functions as the services use them, every step judged by the oracle. */
export class Life {
  private readonly season: Season;
  private readonly dates: string[];
  private readonly end: number;
  private now: number;
  private today = '';
  private rules: RuleVersion[];
  private spells: MembershipSpell[] = [];
  private rows: CheckInRow[] = [];
  private cache: StreakCache;
  private days!: OracleDays;
  private oracle!: Oracle;

  constructor(
    private readonly r: Rules,
    private readonly walked: (timeZone: string, season: Season) => Map<string, number>,
    private readonly story: LifeStory,
  ) {
    this.season = SEASONS[story.season]!;
    this.dates = r.datesOf(this.season);
    this.now = Date.parse(`${this.dates[MARGIN_DAYS]}T00:00:00Z`) + story.startMinute * MINUTE_MS;
    this.end = Date.parse(`${this.dates.at(-MARGIN_DAYS)}T00:00:00Z`);
    this.cache = { ...r.EMPTY_STREAK };
    this.rules = [{ effectiveFrom: this.dates[0]!, ...story.settings }];
    this.setRules([{ effectiveFrom: this.daysUnder(this.rules).today(this.now), ...story.settings }]);
  }

  /** Throws where the functions and the oracle differ or an invariant does not hold. */
  live(): void {
    this.look();
    this.join();
    for (const step of this.story.steps) {
      this.look();
      if (this.now > this.end) break;
      this.take(step);
    }
    this.look();
    this.judgeCalendar();
    this.judgeInvariants();
  }

  private take(step: Step): void {
    const { r } = this;
    if (step.do === 'checkIn') this.checkInOn(step.days);
    else if (step.do === 'wait') this.now += step.minutes * MINUTE_MS;
    else if (step.do === 'waitForEnd') this.now = Math.max(this.now, this.days.end(this.today) + step.ms);
    else if (step.do === 'join') this.join();
    else if (step.do === 'leave') {
      this.spells = this.spells.map((spell) => ({ ...spell, leftDay: spell.leftDay ?? this.today }));
    } else if (step.do === 'changeRule') this.changeRule(step.settings);
    else if (step.do === 'makeUp') {
      const eligible = r.eligibleMakeUps(this.rules, this.spells, this.rows, this.today);
      const expected = this.dates.filter((day) => this.oracle.makeUpRefusal(day, this.today) === null);
      same(eligible, expected.reverse(), 'eligible make-ups');
      const day = eligible[step.pick % eligible.length];
      if (day) this.setRows([...this.rows, { day, kind: 'makeup', at: new Date(this.now) }]);
    } else {
      const index = this.rows.length - 1 - (step.pick % (this.rows.length || 1));
      this.setRows(this.rows.filter((_, i) => i !== index));
    }
  }

  /** On so many of the group's days one after the other, at different times. */
  private checkInOn(days: number): void {
    for (let i = 0; i < days && this.now <= this.end; i++) {
      if (i > 0) {
        this.now = this.days.end(this.today) + ((i * 317 * MINUTE_MS) % (20 * 60 * MINUTE_MS));
        this.look();
      }
      const accepted = this.r.acceptsCheckIn(this.rules, this.today);
      same(accepted, this.days.onSchedule(this.today), 'accepts');
      if (!accepted || !this.oracle.isMember() || this.rows.some((row) => row.day === this.today)) continue;
      this.rows = [...this.rows, { day: this.today, kind: 'normal', at: new Date(this.now) }];
      this.cache = this.r.applyCheckIn(
        this.cache,
        this.rules,
        this.r.stretchStartOf(this.spells)!,
        this.today,
      );
      this.look();
    }
  }

  private join(): void {
    if (this.oracle.isMember()) return;
    this.spells = [...this.spells, { joinedDay: this.today, leftDay: null }];
    this.cache = this.r.applyJoin(this.cache, this.r.stretchStartOf(this.spells)!);
  }

  private changeRule(settings: Settings): void {
    const from = this.r.nextEffectiveDay(this.rules, settings, new Date(this.now));
    const rules = this.rules.filter((rule) => rule.effectiveFrom < from);
    this.setRules([...rules, { effectiveFrom: from, ...settings }]);
    same(this.days.today(this.now), this.today, 'today, which a change of the rule must not move');
    if (from <= this.today) throw new Error(`the new rule begins on ${from}`);
    for (const monday of this.dates) {
      const week = this.days
        .weekOf(monday)
        .map((day) => JSON.stringify(this.r.timesOf(this.days.version(day).schedule)));
      if (week[0] && this.days.weekOf(monday)[0]! >= this.rules[0]!.effectiveFrom)
        same(new Set(week).size, 1, 'times in a week');
    }
  }

  private setRules(rules: RuleVersion[]): void {
    this.rules = rules;
    this.days = this.daysUnder(rules);
  }

  private daysUnder(rules: RuleVersion[]): OracleDays {
    return new this.r.OracleDays(this.season, (zone) => this.walked(zone, this.season), rules);
  }

  private setRows(rows: CheckInRow[]): void {
    this.rows = rows;
    this.cache = this.r.rebuild(this.rules, this.spells, rows);
  }

  private look(): void {
    const { r, rules, spells, days } = this;
    const today = days.today(this.now);
    const oracle = new r.Oracle(days, spells, this.rows);
    Object.assign(this, { today, oracle });
    same(r.todayOf(rules, new Date(this.now)), today, 'today');
    same(r.dayEndsAt(rules, today).getTime(), days.end(today), 'end of today');
    const stretchStart = r.stretchStartOf(spells);
    same(stretchStart, oracle.stretchStart(), 'stretch');
    const { longestDays, longestWeeks, ...current } = oracle.streaks(today);
    same(r.currentStreak(this.cache, rules, stretchStart, today), current, 'current streak');
    const { unit: _, length: _length, from: _from, to: _to, ...counts } = this.cache;
    same(counts, { longestDays, longestWeeks, ...oracle.counts() }, 'counts');
    const rebuilt = r.rebuild(rules, spells, this.rows);
    if (this.story.dice % 2) return same(this.cache, rebuilt, 'cache');
    // A member's stored cache may be settled at any time, without a difference later.
    const settle = (cache: StreakCache) =>
      stretchStart ? r.settled(cache, rules, stretchStart, today) : { ...cache, length: 0 };
    same(settle(this.cache), settle(rebuilt), 'settled cache');
    if (stretchStart) this.cache = settle(this.cache);
  }

  private judgeCalendar(): void {
    const { r, rules, spells, rows, dates, oracle, today } = this;
    const { days, summary } = r.memberCalendar(rules, spells, rows, dates[0]!, dates.at(-1)!, today);
    const states = dates.map((day) => oracle.state(day, today));
    same(
      days,
      dates.map((day, i) => ({ day, state: states[i] })),
      'calendar',
    );
    const count = (state: string) => states.filter((other) => other === state).length;
    const [done, makeUps, missed, pending] = ['DONE', 'MAKEUP', 'MISSED', 'PENDING'].map(count) as [
      number,
      number,
      number,
      number,
    ];
    const rate = done + makeUps + missed === 0 ? null : 1 - missed / (done + makeUps + missed);
    same(
      { ...summary, rate: summary.rate?.toFixed(9) },
      { done, makeUps, missed, due: done + makeUps + missed + pending, rate: rate?.toFixed(9) },
      'summary',
    );
    for (const day of dates) {
      same(
        r.makeUpRefusal(rules, spells, rows, day, today),
        oracle.makeUpRefusal(day, today),
        `make-up of ${day}`,
      );
    }
  }

  private judgeInvariants(): void {
    const { r, rules, spells, rows, today, story } = this;
    const stretchStart = r.stretchStartOf(spells);
    const cache = r.rebuild(rules, spells, rows);
    const current = r.currentStreak(cache, rules, stretchStart, today);
    notLess(r.longestStreak(cache, rules, today), current.length, 'longest ≥ current');
    notLess(cache.total, Math.max(cache.longestDays, cache.longestWeeks), 'total ≥ longest');
    // what an index on `to` can tell
    const alive =
      stretchStart !== null &&
      cache.unit === current.unit &&
      cache.to !== null &&
      cache.to >= r.aliveSince(rules, today);
    same(current.length, alive ? cache.length : 0, 'length by aliveSince');

    const order = (row: CheckInRow) => (r.toDayNumber(row.day) * (story.dice * 2 + 1)) % 1009;
    const shuffled = [...rows].sort((a, b) => order(a) - order(b));
    same(r.rebuild(rules, spells, shuffled), cache, 'rebuilt in another order');

    const { days, summary } = r.memberCalendar(rules, spells, rows, this.dates[0]!, today, today);
    const open = days.filter(({ state }) => state === 'MISSED' || state === 'PENDING');
    if (open.length === 0) return;
    const more = [...rows, { day: open[story.dice % open.length]!.day, kind: 'normal' as const }];
    const grown = r.rebuild(rules, spells, more);
    notLess(
      r.currentStreak(grown, rules, stretchStart, today).length,
      current.length,
      'current with one more',
    );
    notLess(grown.longestDays, cache.longestDays, 'longest with one more');
    notLess(grown.longestWeeks, cache.longestWeeks, 'longest with one more');
    same(grown.total, cache.total + 1, 'total with one more');
    const rate = r.memberCalendar(rules, spells, more, this.dates[0]!, today, today).summary.rate!;
    notLess(rate, summary.rate ?? 0, 'rate with one more');
  }
}
