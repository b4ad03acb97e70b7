import { appError } from '../../common/errors/app-error.js';

/** Bounds what many uploads at once hold in memory. Slow senders take only what they have sent. */
export class ByteBudget {
  constructor(private left: number) {}

  /**
   * `take` claims bytes until `work` is done.
   * @throws OVERLOADED from `take`, when there are not so many left
   */
  async lend<T>(work: (take: (bytes: number) => void) => Promise<T>): Promise<T> {
    let taken = 0;
    try {
      return await work((bytes) => {
        if (bytes > this.left) throw appError('OVERLOADED', { retryAfterSeconds: 1 });
        this.left -= bytes;
        taken += bytes;
      });
    } finally {
      this.left += taken;
    }
  }
}
