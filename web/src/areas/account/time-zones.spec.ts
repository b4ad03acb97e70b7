import { describe, expect, it } from 'vitest';
import { formatOffset, offsetOf, sortZones, zoneOf } from './time-zones';

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

  it('names a zone in the language asked for', () => {
    expect(zoneOf('Asia/Shanghai', 'zh-CN', WINTER).name).toContain('中国');
    expect(zoneOf('Asia/Shanghai', 'en', WINTER).name).toContain('China');
  });

  it('goes from west to east', () => {
    const zones = ['Asia/Tokyo', 'UTC', 'Asia/Seoul', 'America/Lima'].map((id) => zoneOf(id, 'en', WINTER));
    expect(sortZones(zones).map(({ id }) => id)).toEqual(['America/Lima', 'UTC', 'Asia/Seoul', 'Asia/Tokyo']);
  });
});
