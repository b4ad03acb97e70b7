import { DatabaseError } from './database-error.js';

/** Lets one caller through at a time, in the order they came. */
export class Turnstile {
  private readonly waiting: { enter: () => void; timer: NodeJS.Timeout }[] = [];
  private busy = false;

  constructor(private readonly limits: { queueLimit: number; acquireTimeoutMs: number }) {}

  /** @throws DatabaseError `unavailable` when the queue is full or the wait too long */
  async enter(): Promise<void> {
    if (!this.busy) {
      this.busy = true;
      return;
    }
    if (this.waiting.length >= this.limits.queueLimit) throw tooBusy('QUEUE_FULL');
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(tooBusy('ACQUIRE_TIMEOUT'));
      }, this.limits.acquireTimeoutMs);
      const entry = { enter: resolve, timer };
      this.waiting.push(entry);
    });
  }

  leave(): void {
    const next = this.waiting.shift();
    this.busy = next !== undefined;
    if (!next) return;
    clearTimeout(next.timer);
    next.enter();
  }
}

export function tooBusy(code: 'QUEUE_FULL' | 'ACQUIRE_TIMEOUT'): DatabaseError {
  return new DatabaseError({ kind: 'unavailable', code });
}
