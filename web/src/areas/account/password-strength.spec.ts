import { describe, expect, it } from 'vitest';
import { strengthOf } from './password-strength';

describe('the strength of a password', () => {
  it.each([
    ['', 0],
    ['aB3$xyz', 0],
    ['12345678', 1],
    ['aaaaaaaaaaaa', 1],
    ['abcdefghijkl', 1],
    ['MyPassword99!', 1],
    ['kwmxtuzr', 1],
    ['kwmxtzrq7', 2],
    ['kwmXtzrq7', 2],
    ['kwmXtzuq7!', 3],
    ['correct horse battery', 4],
    ['每天早上跑五公里不偷懒也不找借口', 3],
  ])('%s: %i', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });

  it('counts characters, not units of UTF-16', () => {
    expect(strengthOf('🏃🚲🏊🧘')).toBe(0);
  });
});
