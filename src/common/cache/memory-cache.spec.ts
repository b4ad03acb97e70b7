import { beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '../time/clock.js';
import { MemoryCache } from './memory-cache.js';

describe('MemoryCache', () => {
  let clock: FixedClock;
  let cache: MemoryCache;
  beforeEach(() => {
    clock = new FixedClock('2026-01-01T00:00:00Z');
    cache = new MemoryCache(clock, 10);
  });

  it('forgets an entry at the end of its time, not before', async () => {
    await cache.set('a', '1', 10);
    clock.advance(9_999);
    expect(await cache.get('a')).toBe('1');
    clock.advance(1);
    expect(await cache.get('a')).toBeNull();
    expect(await cache.delete('a')).toBe(false);
  });

  it('adds only what is absent, and again after it has expired', async () => {
    expect(await cache.add('a', '1', 10)).toBe(true);
    expect(await cache.add('a', '2', 10)).toBe(false);
    expect(await cache.get('a')).toBe('1');
    clock.advance(10_000);
    expect(await cache.add('a', '3', 10)).toBe(true);
  });

  it('tells exactly one of two deletes that it deleted', async () => {
    await cache.set('a', '1', 10);
    expect(await Promise.all([cache.delete('a'), cache.delete('a')])).toEqual([true, false]);
  });

  it('counts from the first increment without prolonging its time', async () => {
    expect(await cache.increment('n', 10)).toBe(1);
    clock.advance(9_000);
    expect(await cache.increment('n', 10)).toBe(2);
    clock.advance(1_000);
    expect(await cache.increment('n', 10)).toBe(1);
  });

  it('when full, drops what has expired first and then what was written longest ago', async () => {
    await cache.set('short', 'x', 1);
    for (let i = 0; i < 9; i++) await cache.set(`k${i}`, 'x', 100);
    clock.advance(1_000);
    await cache.set('new', 'x', 100);
    expect(await cache.get('k0')).toBe('x');
    await cache.set('newer', 'x', 100);
    expect(await cache.get('k0')).toBeNull();
    expect(await cache.get('k2')).toBe('x');
    expect(await cache.get('newer')).toBe('x');
  });
});
