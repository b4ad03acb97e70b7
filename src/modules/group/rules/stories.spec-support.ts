import fc from 'fast-check';
import { type Season } from './oracle.spec-support.js';
import { type RuleVersion, type Schedule } from './rule.js';

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
/** Both changes of the clocks in New York, Berlin, Lord Howe and Cairo, and the date that Samoa leapt over. */
export const SEASONS: Season[] = [
  { from: '2025-02-24', to: '2025-05-11' },
  { from: '2025-09-22', to: '2025-12-07' },
  { from: '2011-12-05', to: '2012-02-12' },
];

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
  imageRequired: fc.constant(false),
});
export type Settings = Omit<RuleVersion, 'effectiveFrom'>;

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
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('changeRule' as const), settings }) },
);
/** A random life: where and when it begins, and what happens in it. */
export const anyStory = fc.record({
  season: fc.nat(SEASONS.length - 1),
  startMinute: fc.nat(20 * 24 * 60),
  settings,
  steps: fc.array(step, { minLength: 2, maxLength: 14, size: 'max' }),
  /** decides the order of the rows and the day to be added at the end */
  dice: fc.nat(1_000_000),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export type Story = typeof anyStory extends fc.Arbitrary<infer T> ? T : never;
