import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LocalLimiter } from './local-limiter.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('counts from the first use of a key until its window ends', () => {
  const limiter = new LocalLimiter(3, 60);
  expect(limiter.get('a')).toBeNull();
  limiter.consume('a');
  vi.advanceTimersByTime(59_000);
  expect(limiter.consume('a')).toEqual({ consumedPoints: 2, msBeforeNext: 1_000 });
  vi.advanceTimersByTime(1_000);
  expect(limiter.get('a')).toBeNull();
  expect(limiter.consume('a')).toEqual({ consumedPoints: 1, msBeforeNext: 60_000 });
});

it('forgets the keys whose window has ended, and only those', () => {
  const limiter = new LocalLimiter(3, 60);
  limiter.consume('early');
  vi.advanceTimersByTime(30_000);
  limiter.consume('late');
  vi.advanceTimersByTime(31_000);
  limiter.consume('early');
  limiter.consume('new');
  expect(limiter.size).toBe(3);
  expect(limiter.get('late')?.consumedPoints).toBe(1);
  expect(limiter.get('early')?.consumedPoints).toBe(1);
  vi.advanceTimersByTime(60_000);
  limiter.consume('newest');
  expect(limiter.size).toBe(1);
});

it('never tells more time than a window has', () => {
  const limiter = new LocalLimiter(3, 60);
  const now = vi.spyOn(performance, 'now');
  for (let key = 0; key < 1_000; key++) {
    now.mockReturnValue(key * 1_234.567_8);
    expect(limiter.consume(key).msBeforeNext).toBe(60_000);
  }
});
