import { setTimeout as sleep } from 'node:timers/promises';
import { SchedulerRegistry } from '@nestjs/schedule';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppConfig } from '../../src/common/config/app-config.js';
import type { Database } from '../../src/common/database/database.js';
import { openDatabase } from '../../src/common/database/data-source.js';
import { deleteInBatches } from '../../src/common/database/delete-in-batches.js';
import { migrations } from '../../src/common/database/migrations/index.js';
import { migrate } from '../../src/common/database/migrator.js';
import { Job } from '../../src/common/jobs/job.entity.js';
import { JobLock } from '../../src/common/jobs/job-lock.js';
import { Jobs, type JobSpec } from '../../src/common/jobs/jobs.js';
import { type Clock, FixedClock, SystemClock } from '../../src/common/time/clock.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const NEVER = '0 0 1 1 *';
const START = Date.parse('2026-03-02T04:00:00.000Z');
const MINUTE = 60_000;

describe('scheduled work on the database', () => {
  const clock = new FixedClock(new Date(START));
  const slot = (n: number) => new Date(START + n * MINUTE);
  let test: TestDatabase;
  let db: Database;
  let names = 0;

  beforeAll(async () => {
    test = await createTestDatabase();
    const opened = await openDatabase(test.config, [Job], migrations);
    await migrate(opened.dataSource);
    db = opened.database;
  });

  afterAll(async () => {
    await db.close();
    await test.remove();
  });

  /** What a process has. */
  const processWith = (
    job: JobSpec,
    { enabled = false, time = clock }: { enabled?: boolean; time?: Clock } = {},
  ) => {
    const config = { jobs: { enabled } } as AppConfig;
    const jobs = new Jobs(new SchedulerRegistry(), new JobLock(db, time), time, config);
    Object.assign(jobs, { logger: { error: vi.fn<() => void>(), warn: vi.fn<() => void>() } });
    jobs.register(job);
    jobs.start();
    return jobs;
  };
  const job = (run: JobSpec['run'], more: Partial<JobSpec> = {}): JobSpec => ({
    name: `job-${++names}`,
    cron: NEVER,
    run,
    ...more,
  });
  const rowOf = (name: string) => db.repo(Job).findOneByOrFail({ name });

  it('is done once a slot, however many processes there are', async () => {
    const runs: number[] = [];
    const spec = job(async () => {
      runs.push(1);
      await sleep(2);
    });
    const processes = [1, 2, 3].map(() => processWith(spec));
    for (let n = 0; n < 20; n++) {
      const done = await Promise.all(processes.map((one) => one.runSlot(spec.name, slot(n))));
      expect(done.filter(Boolean)).toHaveLength(1);
    }
    expect(runs).toHaveLength(20);
    expect(await rowOf(spec.name)).toMatchObject({
      slot: slot(19).toISOString(),
      holder: null,
      lockedUntil: null,
      finishedAt: clock.now(),
      error: null,
    });
  });

  it('is not done for a slot that is over', async () => {
    const spec = job(() => Promise.resolve());
    const jobs = processWith(spec);
    expect(await jobs.runSlot(spec.name, slot(2))).toBe(true);
    expect(await jobs.runSlot(spec.name, slot(2))).toBe(false);
    expect(await jobs.runSlot(spec.name, slot(1))).toBe(false);
  });

  it('is not begun again while it is under way, here or elsewhere', async () => {
    let finish = () => {};
    const spec = job(() => new Promise<void>((resolve) => (finish = resolve)));
    const [here, there] = [processWith(spec), processWith(spec)];
    const run = here.runSlot(spec.name, slot(1));
    await expect.poll(async () => (await db.repo(Job).findOneBy({ name: spec.name }))?.holder).toBeTruthy();
    expect(await here.runSlot(spec.name, slot(2))).toBe(false);
    expect(await there.runSlot(spec.name, slot(2))).toBe(false);
    await expect(there.runNow(spec.name)).rejects.toThrow('is running');
    finish();
    expect(await run).toBe(true);
  });

  it('goes on after a failure, which is kept without what is nobody’s business', async () => {
    let fails = true;
    const spec = job(() =>
      fails ? Promise.reject(new Error(`no +8613800000001 ${'x'.repeat(300)}`)) : Promise.resolve(),
    );
    const jobs = processWith(spec);
    expect(await jobs.runSlot(spec.name, slot(1))).toBe(false);
    const { error } = await rowOf(spec.name);
    expect(error).toMatch(/^Error: no \[phone\] x+$/);
    expect(error).toHaveLength(200);
    fails = false;
    expect(await jobs.runSlot(spec.name, slot(2))).toBe(true);
    expect(await rowOf(spec.name)).toMatchObject({ error: null, holder: null });
  });

  it('is taken over when the lease of a crashed process has ended', async () => {
    const spec = job(() => Promise.resolve());
    const crashed = await new JobLock(db, clock).claim(spec.name, slot(1), 90_000);
    expect(crashed).toBeTruthy();
    const jobs = processWith(spec);
    expect(await jobs.runSlot(spec.name, slot(2))).toBe(false);
    clock.advance(90_001);
    expect(await jobs.runSlot(spec.name, slot(3))).toBe(true);
    // The dead come back too late to disturb.
    expect(await new JobLock(db, clock).renew(spec.name, crashed!, 90_000)).toBe(false);
    clock.set(new Date(START));
  });

  it('keeps its lease while it runs', async () => {
    const time = new SystemClock();
    const spec = job(() => sleep(900), { leaseSeconds: 0.3 });
    const [here, there] = [processWith(spec, { time }), processWith(spec, { time })];
    const run = here.runSlot(spec.name, slot(1));
    await sleep(600);
    expect(await there.runSlot(spec.name, slot(2))).toBe(false);
    expect(await run).toBe(true);
  });

  it('can be done now, and says what went wrong', async () => {
    const at: Date[] = [];
    const spec = job((now) => Promise.resolve(void at.push(now)));
    const jobs = processWith(spec);
    await jobs.runNow(spec.name);
    await jobs.runNow(spec.name);
    expect(at).toEqual([clock.now(), clock.now()]);
    const failing = job(() => Promise.reject(new Error('no')));
    await expect(processWith(failing).runNow(failing.name)).rejects.toThrow('no');
  });

  it('is awaited at the end, and not begun', async () => {
    let ended = false;
    const spec = job(async () => {
      await sleep(100);
      ended = true;
    });
    const jobs = processWith(spec);
    const run = jobs.runSlot(spec.name, slot(1));
    await jobs.beforeApplicationShutdown();
    expect(ended).toBe(true);
    expect(await run).toBe(true);
    expect(await jobs.runSlot(spec.name, slot(2))).toBe(false);
  });

  it('follows the schedule, and only where it is switched on', async () => {
    const time = new SystemClock();
    const at: number[] = [];
    const spec = job((now) => Promise.resolve(void at.push(Math.floor(now.getTime() / 1_000))), {
      cron: '* * * * * *',
    });
    const processes = [true, true, false].map((enabled) => processWith(spec, { enabled, time }));
    const begun = Date.now();
    await sleep(3_100);
    for (const one of processes) await one.beforeApplicationShutdown();
    expect(at.length).toBeGreaterThanOrEqual(2);
    expect(new Set(at).size).toBe(at.length);
    expect(at.every((second) => second * 1_000 > begun - 1_000)).toBe(true);
    const count = at.length;
    await sleep(1_100);
    expect(at).toHaveLength(count);
  });

  it('deletes much in small statements', async () => {
    for (let n = 0; n < 1_201; n++)
      await db.run('insert into jobs (name, slot) values (?, ?)', [`old-${n}`, 'old']);
    const run = vi.spyOn(db, 'run');
    expect(await deleteInBatches(db, 'jobs', 'slot = ?', ['old'])).toBe(1_201);
    expect(run).toHaveBeenCalledTimes(3);
    expect(await db.rows('select 1 from jobs where slot = ?', ['old'])).toEqual([]);
    expect(await db.rows('select 1 from jobs')).not.toEqual([]);
  });
});
