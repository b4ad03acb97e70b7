const LOOK_EVERY_MS = 50;

/**
 * Ends what is not done in time, give or take 50 ms. One timer looks after all of them: a timer for each took a
 * twentieth of the CPU of a plain read.
 */
export class Deadline {
  private static readonly running = new Set<Deadline>();
  private static timer: NodeJS.Timeout | undefined;

  private readonly at: number;

  /** @param expire called once, unless it was `met` before */
  constructor(
    ms: number,
    private readonly expire: () => void,
  ) {
    this.at = performance.now() + ms;
    Deadline.running.add(this);
    Deadline.timer ??= setInterval(() => Deadline.look(), LOOK_EVERY_MS).unref();
  }

  met(): void {
    Deadline.running.delete(this);
  }

  private static look(): void {
    const now = performance.now();
    for (const deadline of Deadline.running) {
      if (deadline.at > now) continue;
      deadline.met();
      deadline.expire();
    }
    if (Deadline.running.size > 0) return;
    clearInterval(Deadline.timer);
    Deadline.timer = undefined;
  }
}
