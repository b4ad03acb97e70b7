import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '@/session/session';
import { dateFormatter, numberFormatter } from './formatters';

const MINUTE = 60_000;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', MINUTE],
];

/** The zone of the account, else the browser's. */
export function useTimeZone() {
  const { me } = useSession();
  return computed(() => me.value?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** Written alike in both languages. The first number that a browser formats costs a slow phone some 60 ms. */
const isPlain = (value: number) => Number.isInteger(value) && value >= 0 && value < 1_000;

/** Dates, numbers and spans as people of the chosen language write them. */
export function useFormat() {
  const { locale, t } = useI18n();
  const timeZone = useTimeZone();
  const dates = (options: Intl.DateTimeFormatOptions) => dateFormatter(locale.value, options);
  const numbers = (options?: Intl.NumberFormatOptions) => numberFormatter(locale.value, options);

  return {
    number: (value: number) => (isPlain(value) ? String(value) : numbers().format(value)),
    /** 12 345 → "1.2万", "12K": for counts in small places. */
    compact: (value: number) =>
      isPlain(value) ? String(value) : numbers({ notation: 'compact' }).format(value),
    /** @param share 0 to 1 */
    percent: (share: number) => `${Math.round(share * 100)}%`,
    /** A calendar day 'YYYY-MM-DD', which belongs to no zone. */
    day: (day: string, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }) =>
      dates({ ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
    /** @param weekday 1 (Monday) to 7 */
    weekday: (weekday: number, width: 'long' | 'short' | 'narrow' = 'short') =>
      dates({ weekday: width, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday))),
    /** An instant, in the person's own zone. */
    instant: (
      instant: string,
      options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
    ) => dates({ timeZone: timeZone.value, ...options }).format(new Date(instant)),
    /** "5 minutes ago"; a date when it is more than a week away, with its year when that is another. */
    relative(instant: string, now = Date.now()): string {
      const ms = new Date(instant).getTime() - now;
      if (Math.abs(ms) < MINUTE) return t('common.justNow');
      if (Math.abs(ms) > 7 * 86_400_000) {
        const year = dates({ year: 'numeric', timeZone: timeZone.value });
        return dates({
          year: year.format(now) === year.format(now + ms) ? undefined : 'numeric',
          month: 'short',
          day: 'numeric',
          timeZone: timeZone.value,
        }).format(now + ms);
      }
      const [unit, size] = STEPS.find(([, step]) => Math.abs(ms) >= step)!;
      return new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }).format(
        Math.trunc(ms / size),
        unit,
      );
    },
    /** How long until `instant`, to the minute: "3 h 12 min"; "0 min" when it is past. */
    timeLeft(instant: string, now: number): string {
      const minutes = Math.max(0, Math.floor((new Date(instant).getTime() - now) / MINUTE));
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      return hours > 0
        ? t('common.hoursMinutes', { hours, minutes: rest })
        : t('common.minutes', { minutes: rest });
    },
  };
}
