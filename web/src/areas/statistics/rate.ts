import { useFormat } from '@/i18n/format';

/** A rate in words. 99.6 % is not 100 %: that is for who has missed nothing. */
export function useRate(): (rate: number | null) => string {
  const format = useFormat();
  return (rate) => (rate === null ? '–' : format.percent(Math.floor(rate * 100 + 1e-9) / 100));
}
