import { appError } from '../errors/app-error.js';

/** Runs at most `width` jobs at a time; refuses (OVERLOADED) when `maxWaiting` are already in line. */
export class WorkQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly maxWaiting: number,
  ) {}

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.running < this.width) {
      this.running++;
    } else {
      if (this.waiting.length >= this.maxWaiting) throw appError('OVERLOADED', { retryAfterSeconds: 1 });
      // The finished job hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await job();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
