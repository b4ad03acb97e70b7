/** How often a key has been used in its present window. */
export interface Usage {
  consumedPoints: number;
  msBeforeNext: number;
}

interface Window {
  count: number;
  endsAt: number;
}

/**
 * Counts in this process, in windows of a fixed length that begin with a key's first use. Synchronous and without a
 * timer for each key, since every request is counted twice.
 */
export class LocalLimiter {
  /** In the order in which they end, since all are equally long. */
  private readonly windows = new Map<string | number, Window>();

  constructor(
    readonly points: number,
    private readonly seconds: number,
  ) {}

  get size(): number {
    return this.windows.size;
  }

  consume(key: string | number): Usage {
    const now = wholeMs();
    const window = this.live(key, now) ?? this.open(key, now);
    window.count++;
    return usageOf(window, now);
  }

  get(key: string | number): Usage | null {
    const now = wholeMs();
    const window = this.live(key, now);
    return window ? usageOf(window, now) : null;
  }

  delete(key: string | number): void {
    this.windows.delete(key);
  }

  private live(key: string | number, now: number): Window | undefined {
    const window = this.windows.get(key);
    return window && window.endsAt > now ? window : undefined;
  }

  private open(key: string | number, now: number): Window {
    for (const [past, { endsAt }] of this.windows) {
      if (endsAt > now) break;
      this.windows.delete(past);
    }
    const window = { count: 0, endsAt: now + this.seconds * 1_000 };
    this.windows.set(key, window);
    return window;
  }
}

/** Whole, since (a + 60 000) − a may be more than 60 000 for a fraction, and be told as 61 seconds. */
function wholeMs(): number {
  return Math.floor(performance.now());
}

function usageOf({ count, endsAt }: Window, now: number): Usage {
  return { consumedPoints: count, msBeforeNext: endsAt - now };
}
