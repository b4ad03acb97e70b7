import { expect, it } from 'vitest';
import { FixedClock } from './clock.js';

it('stands still until it is moved', () => {
  const clock = new FixedClock('2026-03-08T06:59:59.000Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1_000);
  expect(clock.now().toISOString()).toBe('2026-03-08T07:00:00.000Z');
  clock.set('2026-01-01T00:00:00Z');
  expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
});

it('cannot be changed through a date it gave away', () => {
  const clock = new FixedClock('2026-01-01T00:00:00Z');
  clock.now().setFullYear(1999);
  expect(clock.now().getUTCFullYear()).toBe(2026);
});

it('refuses what is no instant', () => {
  expect(() => new FixedClock('tomorrow')).toThrow(RangeError);
});
