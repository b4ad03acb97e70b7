import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Life, loadRules } from './life.spec-support.js';
import { type Season } from './oracle.spec-support.js';
import { anyStory } from './stories.spec-support.js';

const HISTORIES = 10_000;
/** With the zone's getTimezoneOffset() in January: the proof that the process really is there. */
const PROCESS_ZONES = {
  UTC: 0,
  'America/New_York': 300,
  'Europe/Berlin': -60,
  'Asia/Kathmandu': -345,
  'Pacific/Apia': -780,
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(Object.entries(PROCESS_ZONES))('with the process in %s', (processZone, offset) => {
  it(`judges ${HISTORIES} random histories as the oracle does`, { timeout: 180_000 }, async () => {
    vi.stubEnv('TZ', processZone);
    expect(new Date('2025-01-15T12:00:00Z').getTimezoneOffset()).toBe(offset);
    const rules = await loadRules();
    const zones = new Map<string, Map<string, number>>();
    const walked = (timeZone: string, season: Season) => {
      const key = `${timeZone} ${season.from}`;
      if (!zones.has(key)) zones.set(key, rules.walkZone(timeZone, season));
      return zones.get(key)!;
    };
    const lives = fc.property(anyStory, (story) => new Life(rules, walked, story).live());
    fc.assert(lives, { numRuns: HISTORIES });
  });
});
