/** What is to be done once a socket has closed, by its code (docs/live.md). */
export type AfterClose =
  /** Connect again after a while. */
  | 'retry'
  /** The token is no longer good: with a new one, if the session still gives one. */
  | 'renew'
  /** Leave it; the counts are asked for instead. */
  | 'stop';

export function afterClose(code: number): AfterClose {
  switch (code) {
    case 4401:
    case 4402:
    case 4403:
      return 'renew';
    case 1008: // A frame of ours was wrong, and would be so again.
    case 1009:
    case 4409: // The same person has opened many newer ones.
      return 'stop';
    default:
      return 'retry';
  }
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before connecting again: twice as long each time, and at random in the upper half of that, so that
 * not everybody comes back at the moment the server does.
 * @param failures in a row, 0 for the first
 */
export function backoff(failures: number, random = Math.random()): number {
  const span = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return span / 2 + (random * span) / 2;
}
