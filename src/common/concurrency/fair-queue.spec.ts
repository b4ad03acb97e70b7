import { expect, it } from 'vitest';
import { FairQueue } from './fair-queue.js';

it('lets nobody wait for another, and forgets who has nothing to do', async () => {
  const queue = new FairQueue<string>(1, 1);
  let finish = () => {};
  const long = queue.run('ann', () => new Promise<void>((resolve) => (finish = resolve)));
  const next = queue.run('ann', () => Promise.reject(new Error('broken')));
  await expect(queue.run('ann', () => Promise.resolve())).rejects.toMatchObject({ error: 'OVERLOADED' });
  expect(await queue.run('ben', () => Promise.resolve('done'))).toBe('done');
  finish();
  await long;
  await expect(next).rejects.toThrow('broken');
  expect(await queue.run('ann', () => Promise.resolve('again'))).toBe('again');
  expect(queue).toMatchObject({ lines: new Map() });
});
