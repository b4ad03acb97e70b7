import { describe, expect, it } from 'vitest';
import { formatOffset, instantOf, offsetOf, sortZones, wallTimeOf, zoneOf } from './time-zones';

const WINTER = new Date('2026-01-15T00:00:00Z');
const SUMMER = new Date('2026-07-15T00:00:00Z');

describe('time zones', () => {
  it.each([
    ['UTC', WINTER, 0],
    ['Asia/Shanghai', WINTER, 480],
    ['Asia/Kolkata', WINTER, 330],
    ['America/St_Johns', WINTER, -210],
    ['Europe/Berlin', WINTER, 60],
    ['Europe/Berlin', SUMMER, 120],
    ['Pacific/Kiritimati', WINTER, 840],
  ])('%s at %s is %i minutes ahead of UTC', (zone, at, minutes) => {
    expect(offsetOf(zone, at)).toBe(minutes);
  });

  it.each([
    [0, 'UTC+00:00'],
    [330, 'UTC+05:30'],
    [-210, 'UTC−03:30'],
  ])('writes %i as %s', (offset, text) => {
    expect(formatOffset(offset)).toBe(text);
  });

  it.each([
    ['UTC', '2026-01-15T08:00', '2026-01-15T08:00:00.000Z'],
    ['Asia/Shanghai', '2026-01-15T07:30', '2026-01-14T23:30:00.000Z'],
    ['America/St_Johns', '2026-01-15T22:00', '2026-01-16T01:30:00.000Z'],
    // The clocks go forward at 01:00 and back at 01:00 UTC.
    ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('in %s it is %s at %s', (zone, wallTime, instant) => {
    expect(instantOf(wallTime, zone).toISOString()).toBe(instant);
    expect(wallTimeOf(new Date(instant), zone)).toBe(wallTime);
  });

  it('names a zone in the language asked for', () => {
    expect(zoneOf('Asia/Shanghai', 'zh-CN', WINTER).name).toContain('中国');
    expect(zoneOf('Asia/Shanghai', 'en', WINTER).name).toContain('China');
  });

  it('goes from west to east', () => {
    const zones = ['Asia/Tokyo', 'UTC', 'Asia/Seoul', 'America/Lima'].map((id) => zoneOf(id, 'en', WINTER));
    expect(sortZones(zones).map(({ id }) => id)).toEqual(['America/Lima', 'UTC', 'Asia/Seoul', 'Asia/Tokyo']);
  });
});
