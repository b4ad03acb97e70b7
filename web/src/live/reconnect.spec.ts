import { describe, expect, it } from 'vitest';
import { afterClose, backoff } from './reconnect';

describe('afterClose', () => {
  it.each([1001, 1006, 1013, 1000, 1011])('connects again after %i', (code) => {
    expect(afterClose(code)).toBe('retry');
  });

  it.each([4401, 4402, 4403])('asks for a new token after %i', (code) => {
    expect(afterClose(code)).toBe('renew');
  });

  it.each([1008, 1009, 4409])('leaves it after %i', (code) => {
    expect(afterClose(code)).toBe('stop');
  });
});

describe('backoff', () => {
  it('doubles, within the upper half of the span', () => {
    expect([0, 1, 2, 3].map((failures) => backoff(failures, 0))).toEqual([500, 1_000, 2_000, 4_000]);
    expect([0, 1, 2, 3].map((failures) => backoff(failures, 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('never waits longer than a minute', () => {
    expect(backoff(6, 1)).toBe(60_000);
    expect(backoff(2_000, 1)).toBe(60_000);
  });
});
