import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Clock } from '../time/clock.js';
import { Job } from './job.entity.js';

const CLAIM = `update jobs set slot = ?, holder = ?, locked_until = ?, started_at = ?, finished_at = null
  where name = ? and (locked_until is null or locked_until < ?)`;

/**
 * Who of all processes runs a job: a row per job with the last slot that was claimed, and a lease that ends by itself
 * when its holder has crashed.
 */
@Injectable()
export class JobLock {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * For the one caller who gets the slot, the name under which he holds the job; null: the slot, or a later one, was
   * claimed before, or an earlier run is not over. Without a slot the schedule does not count.
   */
  async claim(name: string, slot: Date | null, leaseMs: number): Promise<string | null> {
    await this.ensure(name);
    const now = this.clock.now();
    const holder = randomUUID();
    const text = (slot ?? now).toISOString();
    const claimed = await this.db.run(slot ? `${CLAIM} and slot < ?` : CLAIM, [
      text,
      holder,
      new Date(now.getTime() + leaseMs),
      now,
      name,
      now,
      ...(slot ? [text] : []),
    ]);
    return claimed.affected === 1 ? holder : null;
  }

  /** False when the lease had ended and someone else took the job. */
  async renew(name: string, holder: string, leaseMs: number): Promise<boolean> {
    const until = new Date(this.clock.now().getTime() + leaseMs);
    const sql = 'update jobs set locked_until = ? where name = ? and holder = ?';
    return (await this.db.run(sql, [until, name, holder])).affected === 1;
  }

  /** @param error what went wrong; null: nothing */
  async release(name: string, holder: string, error: string | null): Promise<void> {
    await this.db.run(
      `update jobs set holder = null, locked_until = null, finished_at = ?, error = ?
       where name = ? and holder = ?`,
      [this.clock.now(), error, name, holder],
    );
  }

  list(): Promise<Job[]> {
    return this.db.repo(Job).find({ order: { name: 'ASC' } });
  }

  private async ensure(name: string): Promise<void> {
    if (await this.db.row('select id from jobs where name = ?', [name])) return;
    try {
      await this.db.run(`insert into jobs (name, slot) values (?, '')`, [name]);
    } catch (error) {
      if (!this.db.duplicateKey(error)) throw error;
    }
  }
}
