import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { AppConfig } from '../config/app-config.js';
import { scrub } from '../logging/redact.js';
import { Clock } from '../time/clock.js';
import { JobLock } from './job-lock.js';

export interface JobSpec {
  /** At most 48 characters; unique. */
  name: string;
  /** Five or six fields (seconds first), UTC. */
  cron: string;
  /** What is done; `at` is now. It may be done again after a crash, so it must be harmless to repeat. */
  run: (at: Date) => Promise<void>;
  /** So long after a crash another process takes over; renewed while the job runs. Default 60. */
  leaseSeconds?: number;
}

const LEASE_SECONDS = 60;
const ERROR_LENGTH = 200;
/** Longer than a process is ever held up: a run that is late is done late. */
const LATE_MS = 86_400_000;
const SHUTDOWN_MS = 10_000;

/**
 * Scheduled work. Among all processes on one database each slot (an instant of the schedule) is run by one; a slot that
 * comes while an earlier run is not over is left out. A failure is logged and kept; the next slot is run all the same.
 */
@Injectable()
export class Jobs implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly jobs = new Map<string, JobSpec>();
  private readonly running = new Map<string, Promise<unknown>>();
  private stopped = false;

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly lock: JobLock,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Called by modules when they start. */
  register(job: JobSpec): void {
    if (this.jobs.has(job.name)) throw new Error(`There are two jobs called ${job.name}`);
    this.jobs.set(job.name, job);
  }

  /** From now on jobs run by themselves; only in a process that serves, unless the configuration forbids it. */
  start(): void {
    if (!this.config.jobs.enabled) return;
    for (const job of this.jobs.values()) this.schedule(job);
  }

  /** Whether this call ran the slot; never throws. */
  async runSlot(name: string, slot: Date): Promise<boolean> {
    if (this.stopped || this.running.has(name)) return false;
    try {
      return await this.track(name, this.runOnce(this.specOf(name), slot));
    } catch (error) {
      this.logger.error(`Job ${name} failed`, error);
      return false;
    }
  }

  /**
   * Runs a job whatever the schedule says, for people and tests.
   * @throws what the job throws, and an error when it is being run already
   */
  async runNow(name: string): Promise<void> {
    if (this.running.has(name) || !(await this.track(name, this.runOnce(this.specOf(name), null))))
      throw new Error(`Job ${name} is running`);
  }

  /** No job is begun any more, and those under way have ten seconds. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const cron of this.registry.getCronJobs().values()) void cron.stop();
    const patience = new AbortController();
    const ended = Promise.allSettled(this.running.values());
    await Promise.race([
      ended,
      sleep(SHUTDOWN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  private schedule({ name, cron }: JobSpec): void {
    const onTick = () => {
      const slot = next;
      next = nextAfter(Math.max(Date.now(), slot.getTime()));
      void this.runSlot(name, slot);
    };
    const job = CronJob.from({
      cronTime: cron,
      onTick,
      timeZone: 'UTC',
      unrefTimeout: true,
      threshold: LATE_MS,
    });
    const nextAfter = (ms: number) => job.cronTime.getNextDateFrom(new Date(ms), 'UTC').toJSDate();
    let next = nextAfter(Date.now());
    this.registry.addCronJob(name, job);
    job.start();
  }

  private async runOnce(job: JobSpec, slot: Date | null): Promise<boolean> {
    const { name, leaseSeconds = LEASE_SECONDS } = job;
    const holder = await this.lock.claim(name, slot, leaseSeconds * 1_000);
    if (holder === null) return false;
    const renewal = setInterval(() => void this.renew(job, holder), (leaseSeconds * 1_000) / 3);
    let failure: string | null = null;
    try {
      await job.run(this.clock.now());
      return true;
    } catch (error) {
      failure = describe(error);
      throw error;
    } finally {
      clearInterval(renewal);
      await this.lock.release(name, holder, failure);
    }
  }

  private async renew({ name, leaseSeconds = LEASE_SECONDS }: JobSpec, holder: string): Promise<void> {
    try {
      if (await this.lock.renew(name, holder, leaseSeconds * 1_000)) return;
      this.logger.warn(`Job ${name} took so long without a sign of life that another process runs it too`);
    } catch (error) {
      this.logger.warn(`The lease of job ${name} could not be renewed`, { err: error });
    }
  }

  private async track<T>(name: string, work: Promise<T>): Promise<T> {
    this.running.set(name, work);
    try {
      return await work;
    } finally {
      this.running.delete(name);
    }
  }

  private specOf(name: string): JobSpec {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`There is no job called ${name}`);
    return job;
  }
}

/** Texts of errors may quote values that are nobody's business. */
function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'not an Error';
  return [...scrub(text)].slice(0, ERROR_LENGTH).join('');
}
