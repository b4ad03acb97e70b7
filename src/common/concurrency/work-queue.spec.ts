import { expect, it } from 'vitest';
import { WorkQueue } from './work-queue.js';

it('runs so many jobs at a time, in order, and all of them', async () => {
  const queue = new WorkQueue(2, 10);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const job = (n: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    order.push(n);
    return n;
  };
  const results = await Promise.all([1, 2, 3, 4, 5].map((n) => queue.run(job(n))));
  expect(results).toEqual([1, 2, 3, 4, 5]);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

it('refuses who would have to wait too long, and goes on after failures', async () => {
  const queue = new WorkQueue(1, 1);
  const failing = queue.run(() => Promise.reject(new Error('broken')));
  const waiting = queue.run(() => Promise.resolve('done'));
  await expect(queue.run(() => Promise.resolve())).rejects.toMatchObject({ error: 'OVERLOADED' });
  await expect(failing).rejects.toThrow('broken');
  expect(await waiting).toBe('done');
  expect(await queue.run(() => Promise.resolve('again'))).toBe('again');
});
