import { isDeepStrictEqual } from 'node:util';
import { vi } from 'vitest';
import { type CheckInRow } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { type Oracle, type OracleDays, type Season } from './oracle.spec-support.js';
import { type RuleVersion } from './rule.js';
import { SEASONS, type Settings, type Step, type Story } from './stories.spec-support.js';
import { type StreakCache } from './streak.js';

/** Days of the season before and after a life, longer than any make-up window. */
const MARGIN_DAYS = 12;
const MINUTE_MS = 60_000;

/** The functions in fresh modules: nothing read from the process's zone at load time may survive from the zone before. */
export async function loadRules() {
  vi.resetModules();
  return {
    ...(await import('./calendar-day.js')),
    ...(await import('./rule.js')),
    ...(await import('./membership-spells.js')),
    ...(await import('./streak.js')),
    ...(await import('./state-today.js')),
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
    private readonly story: Story,
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
    if (this.story.dice % 5) this.join();
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
    const { r, rules } = this;
    const stretchStart = r.stretchStartOf(this.spells);
    for (let i = 0; i < days && this.now <= this.end; i++) {
      if (i > 0) this.now = this.days.end(this.today) + ((i * 317 * MINUTE_MS) % (20 * 60 * MINUTE_MS));
      this.arrive();
      const { today } = this;
      const accepted = r.acceptsCheckIn(rules, today);
      same(accepted, this.days.onSchedule(today), 'accepts a check-in');
      if (!accepted || !stretchStart || this.rows.some((row) => row.day === today)) continue;
      this.rows = [...this.rows, { day: today, kind: 'normal', at: new Date(this.now) }];
      this.cache = r.applyCheckIn(this.cache, rules, stretchStart, today);
      this.judgeCache();
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
    const timesOn = (day: string) => this.r.timesOf(this.days.version(day).schedule);
    for (const day of this.dates) same(timesOn(day), timesOn(this.days.weekOf(day)[0]!), 'times in a week');
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

  private arrive(): void {
    this.today = this.days.today(this.now);
    same(this.r.todayOf(this.rules, new Date(this.now)), this.today, 'today');
    same(this.r.dayEndsAt(this.rules, this.today).getTime(), this.days.end(this.today), 'end of today');
  }

  private look(): void {
    this.arrive();
    const { r, spells, today } = this;
    this.oracle = new r.Oracle(this.days, spells, this.rows);
    const stretchStart = r.stretchStartOf(spells);
    same(stretchStart, this.oracle.stretchStart(), 'stretch');
    const { longestDays, longestWeeks, ...current } = this.oracle.streaks(today);
    same(r.currentStreak(this.cache, this.rules, stretchStart, today), current, 'current streak');
    const { unit: _unit, length: _length, from: _from, to: _to, ...counts } = this.cache;
    same(counts, { longestDays, longestWeeks, ...this.oracle.counts() }, 'counts');
    if (stretchStart) {
      const state = r.stateToday(this.cache, this.rules, stretchStart, today);
      same(state, this.oracle.state(today, today), 'state of today');
    }
    this.judgeCache();
  }

  /** What was kept step by step is what the rows give; in every second life it is settled now and then. */
  private judgeCache(): void {
    const { r, rules, spells, today } = this;
    const rebuilt = r.rebuild(rules, spells, this.rows);
    if (this.story.dice % 2) return same(this.cache, rebuilt, 'cache');
    const stretchStart = r.stretchStartOf(spells);
    if (!stretchStart) return same({ ...this.cache, length: 0 }, { ...rebuilt, length: 0 }, 'former cache');
    this.cache = r.settled(this.cache, rules, stretchStart, today);
    same(this.cache, r.settled(rebuilt, rules, stretchStart, today), 'settled cache');
  }

  private judgeCalendar(): void {
    const { r, rules, spells, rows, dates, oracle, today } = this;
    const { days, summary } = r.memberCalendar(rules, spells, rows, dates[0]!, dates.at(-1)!, today);
    const states = dates.map((day) => oracle.state(day, today));
    const expectedDays = dates.map((day, i) => ({ day, state: states[i] }));
    same(days, expectedDays, 'calendar');
    const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
    const decided = count('DONE', 'MAKEUP', 'MISSED');
    const expected = {
      done: count('DONE'),
      makeUps: count('MAKEUP'),
      missed: count('MISSED'),
      due: count('DONE', 'MAKEUP', 'MISSED', 'PENDING'),
      rate: decided === 0 ? null : count('DONE', 'MAKEUP') / decided,
    };
    same(summary, expected, 'summary');
    for (const day of dates) {
      const refusal = r.makeUpRefusal(rules, spells, rows, day, today);
      same(refusal, oracle.makeUpRefusal(day, today), `make-up of ${day}`);
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
    const then = r.currentStreak(grown, rules, stretchStart, today);
    notLess(then.length, current.length, 'current with one more');
    notLess(grown.longestDays, cache.longestDays, 'longest with one more');
    notLess(grown.longestWeeks, cache.longestWeeks, 'longest with one more');
    same(grown.total, cache.total + 1, 'total with one more');
    const rate = r.memberCalendar(rules, spells, more, this.dates[0]!, today, today).summary.rate!;
    notLess(rate, summary.rate ?? 0, 'rate with one more');
  }
}
