import { type CheckInRow, type DayState } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { type RuleVersion } from './rule.js';

// The rules once more, from the text of the design and as simply as possible: every date of a season is looked at, one
// after the other, and the start of every local date is found by asking Intl for the date of every quarter of an hour.
// It shares nothing with the code it judges but the types. Every date is text; an instant is ms since the epoch.

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;

/** A time of the year to live in; a margin of a week on both sides is for looking beyond. */
export interface Season {
  from: string;
  to: string;
}

/** All dates from `from` to `to`, by asking a UTC clock at noon. */
export function datesOf({ from, to }: Season): string[] {
  const dates: string[] = [];
  const noon = new Date(`${from}T12:00:00Z`);
  for (; noon.toISOString().slice(0, 10) <= to; noon.setUTCDate(noon.getUTCDate() + 1)) {
    dates.push(noon.toISOString().slice(0, 10));
  }
  return dates;
}

const shift = (date: string, days: number): string => {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
};

const remember = <T>(compute: (key: string) => T) => {
  const known = new Map<string, T>();
  return (key: string): T => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
};

const isoWeekday = remember((date) => new Date(`${date}T12:00:00Z`).getUTCDay() || 7);
const mondayOf = remember((date) => shift(date, 1 - isoWeekday(date)));
const sundayOf = remember((date) => shift(date, 7 - isoWeekday(date)));

/** For every date of the season the first instant at which the zone's calendar shows it or a later one. */
export function walkZone(timeZone: string, season: Season): Map<string, number> {
  const calendar = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const dates = datesOf(season);
  const firsts = new Map<string, number>();
  const end = Date.parse(`${season.to}T23:00:00Z`) + 24 * HOUR_MS;
  let next = 0;
  for (let ms = Date.parse(`${season.from}T00:00:00Z`) - 24 * HOUR_MS; ms < end; ms += QUARTER_MS) {
    const shown = calendar.format(ms);
    while (next < dates.length && dates[next]! <= shown) firsts.set(dates[next++]!, ms);
  }
  return firsts;
}

export interface OracleStreaks {
  length: number;
  from: string | null;
  to: string | null;
  atRisk: boolean;
  unit: 'day' | 'week';
  longestDays: number;
  longestWeeks: number;
}

/** One member's history in one group, judged day by day. */
export class Oracle {
  private readonly dates: string[];
  private readonly starts: Map<string, number>;
  private readonly stretchOf = new Map<string, number>();
  private readonly kinds: Map<string, CheckInRow['kind']>;

  constructor(
    season: Season,
    private readonly firsts: (timeZone: string) => Map<string, number>,
    private readonly rules: RuleVersion[],
    private readonly spells: MembershipSpell[],
    rows: CheckInRow[],
  ) {
    this.dates = datesOf(season);
    this.starts = new Map(this.dates.map((date) => [date, this.ownStart(date)]));
    this.kinds = new Map(rows.map((row) => [row.day, row.kind]));
    let stretch = 0;
    spells.forEach((spell, i) => {
      const before = spells[i - 1];
      if (before && spell.joinedDay > before.leftDay!) stretch++;
      for (const date of this.dates) {
        const after = spell.joinedDay <= date && rules[0]!.effectiveFrom <= date;
        if (after && (spell.leftDay === null || date <= spell.leftDay)) this.stretchOf.set(date, stretch);
      }
    });
  }

  version(date: string): RuleVersion {
    let found = this.rules[0]!;
    for (const rule of this.rules) if (rule.effectiveFrom <= date) found = rule;
    return found;
  }

  private ownStart(date: string): number {
    const { timeZone, dayStartHour } = this.version(date);
    return this.firsts(timeZone).get(date)! + dayStartHour * HOUR_MS;
  }

  today(ms: number): string {
    return this.dates.filter((date) => this.starts.get(date)! <= ms).at(-1)!;
  }

  /** The first instant at which a later date is today. */
  end(date: string): number {
    return Math.min(...this.dates.filter((other) => other > date).map((other) => this.starts.get(other)!));
  }

  /** Is there an instant at which the date is today? */
  comes = remember((date) => this.starts.get(date)! < this.end(date));

  onSchedule(date: string): boolean {
    const { schedule } = this.version(date);
    return schedule.kind === 'weekdays'
      ? schedule.weekdays.some((weekday) => weekday === isoWeekday(date))
      : true;
  }

  isMember(): boolean {
    return this.spells.length > 0 && this.spells.at(-1)!.leftDay === null;
  }

  /** The first date of the stretch that lasts. */
  stretchStart(): string | null {
    if (!this.isMember()) return null;
    const last = Math.max(...this.stretchOf.values());
    return this.dates.find((date) => this.stretchOf.get(date) === last)!;
  }

  private weekOf(date: string): string[] {
    return this.dates.filter((other) => mondayOf(other) === mondayOf(date));
  }

  state(date: string, today: string): DayState {
    if (date > today) return 'FUTURE';
    const firstMembership = this.dates.find((other) => this.stretchOf.has(other));
    if (date < (firstMembership ?? this.rules[0]!.effectiveFrom)) return 'BEFORE_START';
    if (this.kinds.get(date) === 'normal') return 'DONE';
    if (this.kinds.get(date) === 'makeup') return 'MAKEUP';
    if (!this.stretchOf.has(date)) return 'NOT_MEMBER';
    if (!this.comes(date) || !this.onSchedule(date)) return 'NOT_DUE';
    const { schedule } = this.version(date);
    if (schedule.kind !== 'perWeek') return date === today ? 'PENDING' : 'MISSED';

    const mine = this.weekOf(date).filter((other) => this.stretchOf.get(other) === this.stretchOf.get(date));
    const done = mine.filter((other) => this.kinds.has(other));
    const free = mine.filter((other) => !this.kinds.has(other) && this.comes(other));
    if (done.length >= schedule.times) return 'COVERED';
    if (date === today) return 'PENDING';
    if (done.length + free.length < schedule.times) return 'NOT_DUE';
    const still = free.filter((other) => other >= today);
    return done.length + still.length >= schedule.times ? 'NOT_DUE' : 'MISSED';
  }

  streaks(today: string): OracleStreaks {
    const unitOf = (date: string) => (this.version(date).schedule.kind === 'perWeek' ? 'week' : 'day');
    const none = { length: 0, from: null, to: null, atRisk: false };
    const result: OracleStreaks = { ...none, unit: unitOf(today), longestDays: 0, longestWeeks: 0 };
    let run: string[] = [];
    let from = '';
    let length = 0;
    let before: string | undefined;
    const stop = () => {
      length = 0;
      run = [];
    };
    const grow = (start: string, ...days: string[]) => {
      if (length++ === 0) from = start;
      run.push(...days);
    };
    for (const date of this.dates.filter((other) => other <= today)) {
      const broken = before === undefined || this.stretchOf.get(before) !== this.stretchOf.get(date);
      if (broken || unitOf(before!) !== unitOf(date)) stop();
      before = date;
      if (!this.stretchOf.has(date)) continue;
      if (unitOf(date) === 'day') {
        if (this.state(date, today) === 'MISSED') stop();
        if (this.kinds.has(date) && this.onSchedule(date)) grow(date, date);
        result.longestDays = Math.max(result.longestDays, length);
      } else if (
        date === today ||
        date === sundayOf(date) ||
        this.stretchOf.get(shift(date, 1)) !== this.stretchOf.get(date)
      ) {
        // the last look at this week: it is over, or today, or the end of the membership
        const mine = this.weekOf(date).filter(
          (other) => this.stretchOf.get(other) === this.stretchOf.get(date),
        );
        const done = mine.filter((other) => this.kinds.has(other));
        if (done.length >= this.times(date)) grow(mondayOf(date), ...done);
        else if (today > sundayOf(date) && mine.some((other) => this.state(other, today) === 'MISSED'))
          stop();
        result.longestWeeks = Math.max(result.longestWeeks, length);
      }
    }
    if (!this.isMember() || length === 0) return result;
    return { ...result, length, from, to: run.at(-1)!, atRisk: this.atRisk(today) };
  }

  /** For one whose streak is alive. */
  private atRisk(today: string): boolean {
    if (this.version(today).schedule.kind !== 'perWeek') return this.state(today, today) === 'PENDING';
    const week = this.weekOf(today);
    const mine = week.filter((other) => this.stretchOf.get(other) === this.stretchOf.get(today));
    const done = mine.filter((other) => this.kinds.has(other));
    const still = mine.filter((other) => other >= today && !this.kinds.has(other) && this.comes(other));
    const owes = week.filter((other) => this.comes(other)).length >= this.times(today);
    return owes && done.length < this.times(today) && done.length + still.length <= this.times(today);
  }

  private times(date: string): number {
    const { schedule } = this.version(date);
    return schedule.kind === 'perWeek' ? schedule.times : NaN;
  }

  /** The counts a cache keeps of the last row's week and month. */
  counts() {
    const days = [...this.kinds.keys()].sort();
    const last = days.at(-1) ?? null;
    const week = days.filter((day) => mondayOf(day) === mondayOf(last!));
    const month = days.filter((day) => day.slice(0, 7) === last!.slice(0, 7));
    return {
      total: days.length,
      makeUps: days.filter((day) => this.kinds.get(day) === 'makeup').length,
      lastDay: last,
      weekOf: last && mondayOf(last),
      weekCount: week.length,
      stretchWeekCount: week.filter((day) => this.stretchOf.get(day) === this.stretchOf.get(last!)).length,
      monthOf: last && last.slice(0, 7),
      monthCount: month.length,
    };
  }

  makeUpRefusal(date: string, today: string): string | null {
    const { allowed, windowDays } = this.version(today).makeUp;
    if (!allowed) return 'MAKE_UP_NOT_ALLOWED';
    if (date > today) return 'MAKE_UP_FUTURE';
    if (date === today) return 'MAKE_UP_TODAY';
    const state = this.state(date, today);
    const byState: Partial<Record<DayState, string>> = {
      BEFORE_START: 'MAKE_UP_NOT_MEMBER_THEN',
      NOT_MEMBER: 'MAKE_UP_NOT_MEMBER_THEN',
      DONE: 'MAKE_UP_NOTHING_MISSED',
      MAKEUP: 'MAKE_UP_NOTHING_MISSED',
      NOT_DUE: 'MAKE_UP_NOT_DUE',
      COVERED: 'MAKE_UP_NOT_DUE',
    };
    return byState[state] ?? (shift(date, windowDays) < today ? 'MAKE_UP_OUTSIDE_WINDOW' : null);
  }
}
