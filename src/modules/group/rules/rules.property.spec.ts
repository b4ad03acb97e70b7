import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CheckInRow } from './day-state.js';
import { type MembershipSpell } from './membership-spells.js';
import { type RuleVersion, type Schedule } from './rule.js';

// Random lives of one member in one group, lived through the functions as the services do it, and judged at every step
// by the oracle, which knows nothing of them. Once per time zone of the process, with the modules loaded anew in it.

const HISTORIES_PER_PROCESS_ZONE = 200;
const PROCESS_ZONES = {
  UTC: 0,
  'America/New_York': 300,
  'Europe/Berlin': -60,
  'Asia/Kathmandu': -345,
  'Pacific/Apia': -780,
};

const ZONES = [
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
// Both changes of the clocks in New York, Berlin, Lord Howe and Cairo, and the date that Samoa leapt over.
const SEASONS = [
  { from: '2025-02-24', to: '2025-05-11' },
  { from: '2025-09-22', to: '2025-12-07' },
  { from: '2011-12-05', to: '2012-02-12' },
];
const HOUR_MS = 3_600_000;
const MARGIN_DAYS = 8;

const weekday = fc.integer({ min: 1, max: 7 });
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.constant<Schedule>({ kind: 'daily' }),
  fc.uniqueArray(weekday, { minLength: 1 }).map((weekdays) => ({ kind: 'weekdays', weekdays })),
  weekday.map((times) => ({ kind: 'perWeek', times })),
);
const ruleChange = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  dayStartHour: fc.integer({ min: 0, max: 6 }),
  schedule,
  makeUpAllowed: fc.nat(9).map((n) => n > 0),
  windowDays: fc.integer({ min: 0, max: 10 }),
});
type RuleChange = typeof ruleChange extends fc.Arbitrary<infer T> ? T : never;

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('checkIn' as const), days: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(60 * 60) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('waitForEnd' as const), ms: fc.constantFrom(-1, 0, 1) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('makeUp' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('changeRule' as const), rule: ruleChange }) },
);
const life = fc.record({
  season: fc.constantFrom(...SEASONS),
  startMinute: fc.nat(20 * 24 * 60),
  rule: ruleChange,
  steps: fc.array(step, { maxLength: 24, size: 'max' }),
  order: fc.infiniteStream(fc.nat(1_000_000)),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** Fresh modules: nothing read from the process's zone at load time may survive from the zone before. */
async function loadRules() {
  vi.resetModules();
  const modules = await Promise.all([
    import('./calendar-day.js'),
    import('./rule.js'),
    import('./membership-spells.js'),
    import('./streak.js'),
    import('./make-up.js'),
    import('./member-statistics.js'),
    import('./oracle.spec-support.js'),
  ]);
  const [days, rule, spells, streak, makeUp, statistics, oracle] = modules;
  return { ...days, ...rule, ...spells, ...streak, ...makeUp, ...statistics, ...oracle };
}
type Rules = Awaited<ReturnType<typeof loadRules>>;

function versionOf(change: RuleChange, effectiveFrom: string): RuleVersion {
  const { timeZone, dayStartHour, makeUpAllowed, windowDays } = change;
  const makeUp = { allowed: makeUpAllowed, windowDays, monthlyLimit: 3, minReasonLength: 5 };
  return { effectiveFrom, timeZone, dayStartHour, schedule: change.schedule, makeUp, minNoteLength: 0 };
}

/** Lives one life. Throws when the functions and the oracle differ, or an invariant does not hold. */
function live(
  r: Rules,
  firstsOf: (season: Life['season']) => (zone: string) => Map<string, number>,
  history: Life,
) {
  const { season } = history;
  const firsts = firstsOf(season);
  const dates = r.datesOf(season);
  let now = Date.parse(`${dates[MARGIN_DAYS]}T00:00:00Z`) + history.startMinute * 60_000;
  const last = Date.parse(`${dates.at(-MARGIN_DAYS)}T00:00:00Z`);

  const judge = () => new r.Oracle(season, firsts, rules, spells, rows);
  let rules: RuleVersion[] = [versionOf(history.rule, '0000-01-01')];
  let spells: MembershipSpell[] = [];
  let rows: CheckInRow[] = [];
  let cache = { ...r.EMPTY_STREAK };
  rules = [versionOf(history.rule, judge().today(now))];
  let oracle = judge();
  let today = oracle.today(now);

  const look = () => {
    oracle = judge();
    today = oracle.today(now);
    expect(r.todayOf(rules, new Date(now))).toBe(today);
    expect(r.dayStartsAt(rules, today).getTime()).toBeLessThanOrEqual(now);
    expect(r.dayEndsAt(rules, today).getTime()).toBe(oracle.end(today));
    expect(r.stretchStartOf(spells)).toBe(oracle.stretchStart());
    const { longestDays, longestWeeks, ...current } = oracle.streaks(today);
    expect(r.currentStreak(cache, rules, r.stretchStartOf(spells), today)).toEqual(current);
    expect(cache).toMatchObject({ longestDays, longestWeeks, ...oracle.counts() });
  };
  const rebuild = () => {
    cache = r.rebuild(rules, spells, rows);
  };
  const checkIn = () => {
    expect(r.acceptsCheckIn(rules, today)).toBe(oracle.onSchedule(today));
    if (!oracle.isMember() || !oracle.onSchedule(today) || rows.some((row) => row.day === today)) return;
    rows.push({ day: today, kind: 'normal', at: new Date(now) });
    cache = r.applyCheckIn(cache, rules, r.stretchStartOf(spells)!, today);
  };
  const join = () => {
    if (oracle.isMember()) return;
    spells = [...spells, { joinedDay: today, leftDay: null }];
    cache = r.applyJoin(cache, r.stretchStartOf(spells)!);
  };

  look();
  join();
  look();
  for (const action of history.steps) {
    if (now > last) break;
    if (action.do === 'checkIn') {
      for (let i = 0; i < action.days && now <= last; i++) {
        checkIn();
        look();
        now = oracle.end(today) + ((i * 37 * 60_000) % (20 * HOUR_MS));
        look();
      }
    } else if (action.do === 'wait') now += action.minutes * 60_000;
    else if (action.do === 'waitForEnd') now = Math.max(now, oracle.end(today) + action.ms);
    else if (action.do === 'makeUp') {
      const eligible = r.eligibleMakeUps(rules, spells, rows, today);
      expect(eligible).toEqual(dates.filter((day) => oracle.makeUpRefusal(day, today) === null).reverse());
      const day = eligible[action.pick % eligible.length];
      if (day) rows.push({ day, kind: 'makeup', at: new Date(now) });
      rebuild();
    } else if (action.do === 'withdraw') {
      const index = rows.length - 1 - (action.pick % (rows.length || 1));
      rows = rows.filter((_, i) => i !== index);
      rebuild();
    } else if (action.do === 'leave' && oracle.isMember()) {
      spells = spells.map((spell) => ({ ...spell, leftDay: spell.leftDay ?? today }));
    } else if (action.do === 'join') join();
    else if (action.do === 'changeRule') {
      const from = r.nextEffectiveDay(rules, versionOf(action.rule, today), new Date(now));
      rules = [...rules.filter((rule) => rule.effectiveFrom < from), versionOf(action.rule, from)];
      expect(judge().today(now), 'a change of the rule changes today').toBe(today);
      expect(from > today && judge().end(today) > now).toBe(true);
    }
    look();
    expect(r.settled(cache, rules, r.stretchStartOf(spells), today)).toEqual(
      r.settled(r.rebuild(rules, spells, rows), rules, r.stretchStartOf(spells), today),
    );
  }

  const calendar = r.memberCalendar(rules, spells, rows, dates[0]!, dates.at(-1)!, today);
  const states = dates.map((day) => oracle.state(day, today));
  expect(calendar.days).toEqual(dates.map((day, i) => ({ day, state: states[i] })));
  for (const day of dates)
    expect(r.makeUpRefusal(rules, spells, rows, day, today)).toBe(oracle.makeUpRefusal(day, today));

  const rebuilt = r.rebuild(rules, spells, rows);
  const current = r.currentStreak(rebuilt, rules, r.stretchStartOf(spells), today);
  const longest = r.longestStreak(rebuilt, rules, today);
  expect(current.length).toBeLessThanOrEqual(longest);
  expect(longest).toBeLessThanOrEqual(rebuilt.total);
  const alive = rebuilt.unit === current.unit && (rebuilt.to ?? '') >= r.aliveSince(rules, today);
  if (oracle.isMember()) expect(current.length).toBe(alive ? rebuilt.length : 0);

  const shuffled = rows.map((row) => [history.order.next().value, row] as const).sort(([a], [b]) => a - b);
  expect(
    r.rebuild(
      rules,
      spells,
      shuffled.map(([, row]) => row),
    ),
  ).toEqual(rebuilt);

  const open = dates.filter((_, i) => states[i] === 'MISSED' || states[i] === 'PENDING');
  const added = open[history.order.next().value % open.length];
  if (added) {
    const more = [...rows, { day: added, kind: 'normal' as const }];
    const after = r.rebuild(rules, spells, more);
    expect(after.total).toBe(rebuilt.total + 1);
    expect(after.longestDays).toBeGreaterThanOrEqual(rebuilt.longestDays);
    expect(after.longestWeeks).toBeGreaterThanOrEqual(rebuilt.longestWeeks);
    const then = r.currentStreak(after, rules, r.stretchStartOf(spells), today);
    expect(then.length).toBeGreaterThanOrEqual(current.length);
    const { summary } = r.memberCalendar(rules, spells, more, dates[0]!, dates.at(-1)!, today);
    expect(summary.rate).toBeGreaterThanOrEqual(calendar.summary.rate ?? 0);
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(Object.entries(PROCESS_ZONES))('with the process in %s', (processZone, offset) => {
  it(
    `judges ${HISTORIES_PER_PROCESS_ZONE} random histories as the oracle does`,
    { timeout: 120_000 },
    async () => {
      vi.stubEnv('TZ', processZone);
      expect(new Date('2025-01-15T12:00:00Z').getTimezoneOffset() + 0).toBe(offset);
      const rules = await loadRules();
      const walked = new Map<string, Map<string, number>>();
      const firstsOf = (season: Life['season']) => (zone: string) => {
        const key = season.from + zone;
        if (!walked.has(key)) walked.set(key, rules.walkZone(zone, season));
        return walked.get(key)!;
      };
      fc.assert(
        fc.property(life, (history) => live(rules, firstsOf, history)),
        { numRuns: HISTORIES_PER_PROCESS_ZONE },
      );
    },
  );
});
