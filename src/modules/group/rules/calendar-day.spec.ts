import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  isCalendarDay,
  localDayAt,
  localHourAt,
  monthKeyOf,
  startOfLocalDay,
  toDayNumber,
  toDayText,
  weekdayOf,
  weekStartOf,
  wholeWeeks,
} from './calendar-day.js';

const at = (text: string) => Date.parse(text);
const startOf = (zone: string, day: string) =>
  new Date(startOfLocalDay(zone, toDayNumber(day))).toISOString();
const dayAt = (zone: string, instant: string) => toDayText(localDayAt(zone, at(instant)));

describe('days as numbers', () => {
  it('turns every day from 1970 to 2110 into the next number and back', () => {
    for (let day = 0; day < 51_134; day++) {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (toDayText(day) !== text || toDayNumber(text) !== day) expect.fail(`${text} is not day ${day}`);
    }
    expect(toDayText(toDayNumber('9999-12-31'))).toBe('9999-12-31');
  });

  it('knows which dates exist', () => {
    for (const day of ['1970-01-01', '2024-02-29', '2000-02-29', '9999-12-31'])
      expect(isCalendarDay(day), day).toBe(true);
    for (const day of [
      '2025-02-29',
      '2100-02-29',
      '2025-02-30',
      '2025-04-31',
      '2025-13-01',
      '2025-00-10',
      '2025-01-00',
      '1969-12-31',
      '0000-01-01',
      '10000-01-01',
      '2025-1-1',
      '2025-01-01T00:00:00Z',
      ' 2025-01-01',
      '2025-01-01\n',
      '２０２５-01-01',
      '',
    ]) {
      expect(isCalendarDay(day), day).toBe(false);
    }
  });

  it('counts weekdays from Monday and weeks from Monday to Sunday', () => {
    expect(weekdayOf(toDayNumber('2025-06-02'))).toBe(1);
    expect(weekdayOf(toDayNumber('2025-06-08'))).toBe(7);
    expect(weekdayOf(toDayNumber('1969-12-29'))).toBe(1);
    expect(toDayText(weekStartOf(toDayNumber('2025-06-08')))).toBe('2025-06-02');
    expect(toDayText(weekStartOf(toDayNumber('2025-06-02')))).toBe('2025-06-02');
    expect(wholeWeeks('2025-06-04', '2025-06-09')).toEqual({ from: '2025-06-02', to: '2025-06-15' });
    expect(monthKeyOf(toDayNumber('2024-02-29'))).toBe('2024-02');
  });
});

describe('local dates', () => {
  it('starts a day at the first instant of its date, whatever the clocks do', () => {
    expect(startOf('America/New_York', '2025-03-09')).toBe('2025-03-09T05:00:00.000Z');
    expect(startOf('America/New_York', '2025-03-10')).toBe('2025-03-10T04:00:00.000Z');
    expect(startOf('Asia/Kathmandu', '2025-06-01')).toBe('2025-05-31T18:15:00.000Z');
    // Cairo: clocks went from 00:00 to 01:00 on 25 April, and from 24:00 back to 23:00 on 30 October
    expect(startOf('Africa/Cairo', '2025-04-25')).toBe('2025-04-24T22:00:00.000Z');
    expect(startOf('Africa/Cairo', '2025-10-31')).toBe('2025-10-30T22:00:00.000Z');
    expect(dayAt('Africa/Cairo', '2025-10-30T21:30:00Z')).toBe('2025-10-30');
  });

  it('gives a date that the zone leapt over no length: Samoa had no 30 December 2011', () => {
    expect(startOf('Pacific/Apia', '2011-12-30')).toBe('2011-12-30T10:00:00.000Z');
    expect(startOf('Pacific/Apia', '2011-12-31')).toBe('2011-12-30T10:00:00.000Z');
    expect(dayAt('Pacific/Apia', '2011-12-30T09:59:59.999Z')).toBe('2011-12-29');
    expect(dayAt('Pacific/Apia', '2011-12-30T10:00:00Z')).toBe('2011-12-31');
  });

  it('does not go back to a date that was over: St. John’s turned 00:01 into 23:01 in 2010', () => {
    expect(dayAt('America/St_Johns', '2010-11-07T02:29:59Z')).toBe('2010-11-06');
    expect(dayAt('America/St_Johns', '2010-11-07T02:30:30Z')).toBe('2010-11-07');
    expect(dayAt('America/St_Johns', '2010-11-07T02:45:00Z')).toBe('2010-11-07');
  });

  it('agrees with Temporal on the start of every day from 1975 to 2045 in zones with every habit', () => {
    for (const zone of [
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Gaza',
      'Pacific/Apia',
    ]) {
      for (let day = toDayNumber('1975-01-01'); day < toDayNumber('2045-01-01'); day++) {
        // Temporal is slow: the days of other than 24 hours and their neighbours, and a sample of the rest
        const near = startOfLocalDay(zone, day + 1) - startOfLocalDay(zone, day) !== 86_400_000;
        if (!near && day % 97) continue;
        const expected = Temporal.PlainDate.from(toDayText(day)).toZonedDateTime(zone).epochMilliseconds;
        if (startOfLocalDay(zone, day) !== expected) expect.fail(`${zone} ${toDayText(day)}`);
      }
    }
  });

  it('reads the local hour on both sides of a change', () => {
    expect(localHourAt('Europe/Berlin', at('2025-03-30T00:59:59Z'))).toBe(1);
    expect(localHourAt('Europe/Berlin', at('2025-03-30T01:00:00Z'))).toBe(3);
    expect(localHourAt('Australia/Lord_Howe', at('2025-04-05T14:59:00Z'))).toBe(1);
    expect(localHourAt('Asia/Kathmandu', at('1985-12-31T18:29:00Z'))).toBe(23);
  });
});
