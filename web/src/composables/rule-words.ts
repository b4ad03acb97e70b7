import { dateFormatter } from '@/i18n/formatters';
import { useI18n } from 'vue-i18n';
import type { Api } from '@/api/client';

/** A check-in rule, of a group or of the form that makes one. */
export type Rule = Omit<Api['CheckInRuleDto'], 'effectiveFrom'>;

export interface RuleLine {
  about: 'schedule' | 'day' | 'proof' | 'makeUp' | 'reminder';
  sentences: string[];
}

interface Words {
  t: (key: string, named: Record<string, unknown>, plural: number) => string;
  locale: string;
}

/** A check-in rule in the words of the chosen language. */
export function useRuleWords() {
  const { t, locale } = useI18n();
  const words = (): Words => ({ t, locale: locale.value });
  return {
    /** For small places: "Every day", "Mon–Fri", "Mon, Wed and Fri", "3 times a week". */
    short: (rule: Rule) => shortRule(rule, words()),
    /** @param reminderHour of the group; left out: nothing is said of reminders */
    lines: (rule: Rule, reminderHour?: number | null) => ruleLines(rule, words(), reminderHour),
    /** "China Standard Time (Asia/Shanghai)" */
    zone: (timeZone: string) => zoneName(timeZone, words()),
    /** @param hours since midnight: 1.5 is "1:30 AM" */
    clock: (hours: number) => clockTime(hours, locale.value),
  };
}

export function shortRule(rule: Rule, { t, locale }: Words): string {
  if (rule.schedule === 'perWeek')
    return t('ruleWords.short.perWeek', { n: rule.timesPerWeek }, rule.timesPerWeek ?? 0);
  if (isEveryDay(rule)) return t('ruleWords.short.daily', {}, 1);
  const nameOf = (day: number) => weekdayName(day, locale, 'short');
  const words = runsOf(rule.weekdays).flatMap((days) => {
    const [from, to] = [nameOf(days[0]!), nameOf(days.at(-1)!)];
    return days.length < 3 ? days.map(nameOf) : [t('ruleWords.short.range', { from, to }, 1)];
  });
  return listOf(words, locale);
}

export function ruleLines(rule: Rule, words: Words, reminderHour?: number | null): RuleLine[] {
  const { t, locale } = words;
  const say = (key: string, named = {}) => t(key, named, 1);
  const counted = (key: string, n: number) => t(key, { n }, n);

  const schedule = () => {
    if (rule.schedule === 'perWeek')
      return [
        counted('ruleWords.schedule.perWeek', rule.timesPerWeek ?? 0),
        say('ruleWords.schedule.anyDays'),
      ];
    if (isEveryDay(rule)) return [say('ruleWords.schedule.daily')];
    const days = listOf(
      rule.weekdays.map((day) => weekdayName(day, locale, 'long')),
      locale,
    );
    return [say('ruleWords.schedule.weekdays', { days }), say('ruleWords.schedule.daysOff')];
  };
  const day = () => {
    const zone = zoneName(rule.timeZone, words);
    if (rule.dayStartHour === 0) return [say('ruleWords.day.midnight', { zone })];
    return [
      say('ruleWords.day.later', { time: clockTime(rule.dayStartHour, locale), zone }),
      say('ruleWords.day.example', { time: clockTime(rule.dayStartHour - 0.5, locale) }),
    ];
  };
  const proof = () => {
    if (rule.minNoteLength === 0)
      return [say(rule.imageRequired ? 'ruleWords.proof.image' : 'ruleWords.proof.none')];
    return [
      counted(
        rule.imageRequired ? 'ruleWords.proof.noteAndImage' : 'ruleWords.proof.note',
        rule.minNoteLength,
      ),
    ];
  };
  const makeUp = () => {
    if (!rule.makeUpAllowed || rule.makeUpMonthlyLimit === 0) return [say('ruleWords.makeUp.none')];
    return [
      counted('ruleWords.makeUp.window', rule.makeUpWindowDays),
      counted('ruleWords.makeUp.limit', rule.makeUpMonthlyLimit),
      ...(rule.makeUpMinReasonLength > 0
        ? [counted('ruleWords.makeUp.reason', rule.makeUpMinReasonLength)]
        : []),
    ];
  };
  const reminder = (hour: number | null) => {
    if (hour === null) return [say('ruleWords.reminder.none')];
    // An hour before the day begins is one of the night that ends it.
    const key = hour < rule.dayStartHour ? 'ruleWords.reminder.night' : 'ruleWords.reminder.at';
    return [say(key, { time: clockTime(hour, locale) })];
  };

  return [
    { about: 'schedule', sentences: schedule() },
    { about: 'day', sentences: day() },
    { about: 'proof', sentences: proof() },
    { about: 'makeUp', sentences: makeUp() },
    ...(reminderHour === undefined
      ? []
      : [{ about: 'reminder' as const, sentences: reminder(reminderHour) }]),
  ];
}

/** The day it is for a group: the local date of so many hours ago. */
export function todayOf({ timeZone, dayStartHour }: Pick<Rule, 'timeZone' | 'dayStartHour'>, now: number) {
  const parts = dateFormatter('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now - dayStartHour * 3_600_000);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The next `count` days from `first` on, and whether something is due on them; without times per week. */
export function previewDays(rule: Pick<Rule, 'schedule' | 'weekdays'>, first: string, count = 14) {
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(first, index);
    const weekday = weekdayOf(day);
    return { day, weekday, due: rule.schedule !== 'weekdays' || rule.weekdays.includes(weekday) };
  });
}

/**
 * The weeks of `count` days from `first` on under times per week, with how often each asks for a check-in.
 * A member who joins on the first day owes nothing in a week that has too few days left.
 */
export function previewWeeks(timesPerWeek: number, first: string, count = 14) {
  const weeks: { from: string; to: string; times: number }[] = [];
  for (let from = first; from < addDays(first, count);) {
    const daysLeft = 8 - weekdayOf(from);
    weeks.push({ from, to: addDays(from, daysLeft - 1), times: daysLeft < timesPerWeek ? 0 : timesPerWeek });
    from = addDays(from, daysLeft);
  }
  return weeks;
}

function zoneName(timeZone: string, { t, locale }: Words): string {
  // Of today: in 1970 Kyiv had the time of Moscow.
  const name = dateFormatter(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts()
    .find((part) => part.type === 'timeZoneName')!.value;
  return t('ruleWords.zone', { name, timeZone }, 1);
}

function clockTime(hours: number, locale: string): string {
  return dateFormatter(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(hours * 3_600_000);
}

function weekdayName(weekday: number, locale: string, width: 'long' | 'short'): string {
  return dateFormatter(locale, { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday));
}

/** Days in a row, together: [1, 2, 3, 5] is [1, 2, 3] and [5]. */
function runsOf(weekdays: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const day of weekdays) {
    if (runs.at(-1)?.at(-1) === day - 1) runs.at(-1)!.push(day);
    else runs.push([day]);
  }
  return runs;
}

function listOf(words: string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}

function isEveryDay(rule: Pick<Rule, 'schedule' | 'weekdays'>): boolean {
  return rule.schedule === 'daily' || rule.weekdays.length === 7;
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** In UTC every day has 24 hours. */
function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
