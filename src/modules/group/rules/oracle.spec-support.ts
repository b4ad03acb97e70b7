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

const shift = (date: string, days: number): string => {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
};

const remember = <T extends NonNullable<unknown>>(compute: (key: string) => T) => {
  const known = new Map<string, T>();
  return (key: string): T => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = compute(key)));
    return value;
  };
};

/** All dates of the season, ascending. */
export const datesOf = ({ from, to }: Season): string[] => datesBetween(`${from}/${to}`);

const datesBetween = remember((range) => {
  const [from, to] = range.split('/') as [string, string];
  const dates: string[] = [];
  for (let date = from; date <= to; date = shift(date, 1)) dates.push(date);
  return dates;
});

const isoWeekday = remember((date) => new Date(`${date}T12:00:00Z`).getUTCDay() || 7);
const mondayOf = remember((date) => shift(date, 1 - isoWeekday(date)));
const dayAfter = remember((date) => shift(date, 1));
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

/** The days of a group under its rules. */
export class OracleDays {
  readonly dates: string[];
  private readonly starts: Map<string, number>;

  constructor(
    season: Season,
    firsts: (timeZone: string) => Map<string, number>,
    readonly rules: RuleVersion[],
  ) {
    this.dates = datesOf(season);
    this.starts = new Map(
      this.dates.map((date) => {
        const { timeZone, dayStartHour } = this.version(date);
        return [date, firsts(timeZone).get(date)! + dayStartHour * HOUR_MS];
      }),
    );
  }

  version = remember((date): RuleVersion => {
    let found = this.rules[0]!;
    for (const rule of this.rules) if (rule.effectiveFrom <= date) found = rule;
    return found;
  });

  today(ms: number): string {
    return this.dates.findLast((date) => this.starts.get(date)! <= ms)!;
  }

  /** The first instant at which a later date is today. */
  end = remember((date) => {
    return Math.min(...this.dates.filter((other) => other > date).map((other) => this.starts.get(other)!));
  });

  /** Is there an instant at which the date is today? */
  comes = remember((date) => this.starts.get(date)! < this.end(date));

  weekOf = remember((date) => this.dates.filter((other) => mondayOf(other) === mondayOf(date)));

  onSchedule = remember((date): boolean => {
    const { schedule } = this.version(date);
    return schedule.kind === 'weekdays'
      ? schedule.weekdays.some((weekday) => weekday === isoWeekday(date))
      : true;
  });
}

/** One member's history in one group, judged day by day. */
export class Oracle {
  private readonly stretchOf = new Map<string, number>();
  private readonly firstMembership: string | undefined;
  private readonly kinds: Map<string, CheckInRow['kind']>;

  constructor(
    private readonly days: OracleDays,
    private readonly spells: MembershipSpell[],
    rows: CheckInRow[],
  ) {
    this.kinds = new Map(rows.map((row) => [row.day, row.kind]));
    let stretch = 0;
    spells.forEach((spell, i) => {
      const before = spells[i - 1];
      if (before && spell.joinedDay > before.leftDay!) stretch++;
      for (const date of days.dates) {
        const after = spell.joinedDay <= date && days.rules[0]!.effectiveFrom <= date;
        if (after && (spell.leftDay === null || date <= spell.leftDay)) this.stretchOf.set(date, stretch);
      }
    });
    this.firstMembership = days.dates.find((date) => this.stretchOf.has(date));
  }

  isMember(): boolean {
    return this.spells.length > 0 && this.spells.at(-1)!.leftDay === null;
  }

  /** The first date of the stretch that lasts. */
  stretchStart(): string | null {
    if (!this.isMember()) return null;
    const last = Math.max(...this.stretchOf.values());
    return this.days.dates.find((date) => this.stretchOf.get(date) === last)!;
  }

  /** The days of the date's week within its stretch. */
  private myWeek(date: string): string[] {
    return this.days.weekOf(date).filter((other) => this.stretchOf.get(other) === this.stretchOf.get(date));
  }

  state(date: string, today: string): DayState {
    if (date > today) return 'FUTURE';
    if (date < (this.firstMembership ?? this.days.rules[0]!.effectiveFrom)) return 'BEFORE_START';
    if (this.kinds.get(date) === 'normal') return 'DONE';
    if (this.kinds.get(date) === 'makeup') return 'MAKEUP';
    if (!this.stretchOf.has(date)) return 'NOT_MEMBER';
    if (!this.days.comes(date) || !this.days.onSchedule(date)) return 'NOT_DUE';
    const { schedule } = this.days.version(date);
    if (schedule.kind !== 'perWeek') return date === today ? 'PENDING' : 'MISSED';

    const mine = this.myWeek(date);
    const done = mine.filter((other) => this.kinds.has(other));
    const free = mine.filter((other) => !this.kinds.has(other) && this.days.comes(other));
    if (done.length >= schedule.times) return 'COVERED';
    if (date === today) return 'PENDING';
    if (done.length + free.length < schedule.times) return 'NOT_DUE';
    const still = free.filter((other) => other >= today);
    const lacking = schedule.times - done.length - still.length;
    const past = free.filter((other) => other < today);
    return lacking > 0 && past.slice(-lacking).includes(date) ? 'MISSED' : 'NOT_DUE';
  }

  streaks(today: string): OracleStreaks {
    const result = { longestDays: 0, longestWeeks: 0 };
    let run = null as { length: number; from: string; to: string } | null;
    let yesterday = '';
    for (const date of this.days.dates.filter((other) => other <= today)) {
      if (!this.goesOn(yesterday, date)) run = null;
      yesterday = date;
      if (!this.stretchOf.has(date)) continue;
      if (this.unit(date) === 'day') {
        if (this.state(date, today) === 'MISSED') run = null;
        if (!this.kinds.has(date) || !this.days.onSchedule(date)) continue;
        run = { length: (run?.length ?? 0) + 1, from: run?.from ?? date, to: date };
        result.longestDays = Math.max(result.longestDays, run.length);
      } else {
        // a week is judged on its last day, which may be today or the last of the membership
        if (date !== today && date !== sundayOf(date) && this.goesOn(date, dayAfter(date))) continue;
        const week = this.myWeek(date);
        const done = week.filter((other) => this.kinds.has(other));
        if (done.length >= this.times(date)) {
          run = { length: (run?.length ?? 0) + 1, from: run?.from ?? mondayOf(date), to: done.at(-1)! };
          result.longestWeeks = Math.max(result.longestWeeks, run.length);
        } else if (today > sundayOf(date) && week.some((other) => this.state(other, today) === 'MISSED'))
          run = null;
      }
    }
    const unit = this.unit(today);
    if (!this.isMember() || !run) return { length: 0, unit, from: null, to: null, atRisk: false, ...result };
    return { ...run, unit, atRisk: this.atRisk(today), ...result };
  }

  private goesOn(date: string, next: string): boolean {
    return this.stretchOf.get(date) === this.stretchOf.get(next) && this.unit(date) === this.unit(next);
  }

  private unit(date: string): 'day' | 'week' {
    return this.days.version(date).schedule.kind === 'perWeek' ? 'week' : 'day';
  }

  /** For one whose streak is alive. */
  private atRisk(today: string): boolean {
    if (this.unit(today) === 'day') return this.state(today, today) === 'PENDING';
    const week = this.myWeek(today);
    const done = week.filter((other) => this.kinds.has(other));
    const still = week.filter((other) => other >= today && !this.kinds.has(other) && this.days.comes(other));
    const owes =
      this.days.weekOf(today).filter((other) => this.days.comes(other)).length >= this.times(today);
    return owes && done.length < this.times(today) && done.length + still.length <= this.times(today);
  }

  private times(date: string): number {
    const { schedule } = this.days.version(date);
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
    const { allowed, windowDays } = this.days.version(today).makeUp;
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
