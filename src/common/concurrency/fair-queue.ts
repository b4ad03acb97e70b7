import { WorkQueue } from './work-queue.js';

/** A line of his own for everybody, so that one who sends much keeps only himself waiting. */
export class FairQueue<Owner> {
  private readonly lines = new Map<Owner, { queue: WorkQueue; jobs: number }>();

  /** @param width jobs of one owner at a time; see `WorkQueue` */
  constructor(
    private readonly width: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws OVERLOADED */
  async run<T>(owner: Owner, job: () => Promise<T>): Promise<T> {
    const line = this.lines.get(owner) ?? { queue: new WorkQueue(this.width, this.maxWaiting), jobs: 0 };
    this.lines.set(owner, line);
    line.jobs++;
    try {
      return await line.queue.run(job);
    } finally {
      if (--line.jobs === 0) this.lines.delete(owner);
    }
  }
}
