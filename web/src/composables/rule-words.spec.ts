import { createI18n } from 'vue-i18n';
import { describe, expect, it } from 'vitest';
import en from '@/locales/en/ruleWords.json';
import zh from '@/locales/zh-CN/ruleWords.json';
import { previewDays, previewWeeks, ruleLines, shortRule, todayOf, type Rule } from './rule-words';

const daily: Rule = {
  timeZone: 'Asia/Shanghai',
  dayStartHour: 0,
  schedule: 'daily',
  weekdays: [],
  timesPerWeek: null,
  minNoteLength: 0,
  imageRequired: false,
  makeUpAllowed: true,
  makeUpWindowDays: 7,
  makeUpMonthlyLimit: 3,
  makeUpMinReasonLength: 5,
};

function wordsOf(locale: 'en' | 'zh-CN') {
  const { global } = createI18n<false>({
    legacy: false,
    locale,
    messages: { en: { ruleWords: en }, 'zh-CN': { ruleWords: zh } },
  });
  return {
    t: (key: string, named: Record<string, unknown>, plural: number): string => global.t(key, named, plural),
    locale,
  };
}
const [english, chinese] = [wordsOf('en'), wordsOf('zh-CN')];

/** A no-break space before AM is a matter of the ICU version. */
const spoken = (lines: ReturnType<typeof ruleLines>) =>
  Object.fromEntries(
    lines.map(({ about, sentences }) => [about, sentences.join(' ').replace(/\u202f/g, ' ')]),
  );

describe('a rule in words', () => {
  it('says all of a plain rule', () => {
    expect(spoken(ruleLines(daily, english))).toEqual({
      schedule: 'Check in every day.',
      day: 'The day starts at midnight, China Standard Time (Asia/Shanghai).',
      proof: 'One tap is enough; a note and pictures are welcome.',
      makeUp:
        'Missed days can be made up within 7 days. Up to 3 times a month. A reason of at least 5 characters is required.',
    });
    expect(spoken(ruleLines(daily, chinese))).toEqual({
      schedule: '每天都要打卡。',
      day: '一天从零点到零点，按中国标准时间（Asia/Shanghai）计算。',
      proof: '点一下就能打卡，也欢迎写几句、发张图。',
      makeUp: '可以补最近 7 天内的卡。 每月最多补 3 次。 补卡要写至少 5 个字的理由。',
    });
  });

  it('names a zone as it is named today', () => {
    const { day } = spoken(ruleLines({ ...daily, timeZone: 'Europe/Riga' }, english));
    expect(day).toBe('The day starts at midnight, Eastern European Time (Europe/Riga).');
  });

  it('names chosen weekdays, and all seven are every day', () => {
    const rule: Rule = { ...daily, schedule: 'weekdays', weekdays: [1, 3, 5] };
    expect(shortRule(rule, english)).toBe('Mon, Wed, and Fri');
    expect(shortRule(rule, chinese)).toBe('周一、周三和周五');
    expect(ruleLines(rule, english)[0]!.sentences[0]).toBe('Check in every Monday, Wednesday, and Friday.');
    expect(ruleLines(rule, chinese)[0]!.sentences[0]).toBe('每星期一、星期三和星期五打卡。');
    expect(shortRule({ ...rule, weekdays: [1, 2, 3, 4, 5] }, english)).toBe('Mon–Fri');
    expect(shortRule({ ...rule, weekdays: [1, 2, 3, 4, 5] }, chinese)).toBe('周一至周五');
    expect(shortRule({ ...rule, weekdays: [1, 2, 4, 5, 6] }, english)).toBe('Mon, Tue, and Thu–Sat');
    const all: Rule = { ...rule, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    expect(shortRule(all, english)).toBe('Every day');
    expect(ruleLines(all, chinese)[0]!.sentences).toEqual(['每天都要打卡。']);
  });

  it.each([
    [1, 'Once a week', '每周 1 次'],
    [3, '3 times a week', '每周 3 次'],
  ])('counts %i per week', (timesPerWeek, inEnglish, inChinese) => {
    const rule: Rule = { ...daily, schedule: 'perWeek', timesPerWeek };
    expect(shortRule(rule, english)).toBe(inEnglish);
    expect(shortRule(rule, chinese)).toBe(inChinese);
  });

  it('gives an example of a day that begins late', () => {
    const rule = { ...daily, dayStartHour: 4 };
    expect(spoken(ruleLines(rule, english)).day).toBe(
      'The day starts at 4:00 AM, China Standard Time (Asia/Shanghai). A check-in at 3:30 AM still counts for the day before.',
    );
    expect(spoken(ruleLines(rule, chinese)).day).toContain('03:30 打的卡仍算前一天。');
  });

  it.each<[Partial<Rule>, string]>([
    [{ minNoteLength: 1 }, 'A check-in needs a note of at least one character.'],
    [{ minNoteLength: 20 }, 'A check-in needs a note of at least 20 characters.'],
    [{ imageRequired: true }, 'A check-in needs a picture.'],
    [
      { minNoteLength: 20, imageRequired: true },
      'A check-in needs a picture and a note of at least 20 characters.',
    ],
  ])('says what a check-in needs: %j', (change, sentence) => {
    expect(spoken(ruleLines({ ...daily, ...change }, english)).proof).toBe(sentence);
  });

  it.each<Partial<Rule>>([{ makeUpAllowed: false }, { makeUpMonthlyLimit: 0 }])(
    'says that nothing can be made up: %j',
    (change) => {
      expect(spoken(ruleLines({ ...daily, ...change }, english)).makeUp).toBe(
        'Missed days cannot be made up.',
      );
    },
  );

  it('speaks of reminders when asked to', () => {
    const reminder = (hour: number | null, dayStartHour = 4) =>
      spoken(ruleLines({ ...daily, dayStartHour }, english, hour)).reminder;
    expect(reminder(null)).toBe('No reminders.');
    expect(reminder(20)).toBe('Anyone who hasn’t checked in by 8:00 PM gets a reminder.');
    expect(reminder(1)).toContain('1:00 AM at night');
    expect(reminder(1, 0)).toBe('Anyone who hasn’t checked in by 1:00 AM gets a reminder.');
  });
});

describe('the days to come', () => {
  it('begins with the day it is for the group', () => {
    const now = Date.parse('2026-03-01T18:30:00Z'); // 02:30 on the 2nd in Shanghai
    expect(todayOf({ timeZone: 'Asia/Shanghai', dayStartHour: 0 }, now)).toBe('2026-03-02');
    expect(todayOf({ timeZone: 'Asia/Shanghai', dayStartHour: 3 }, now)).toBe('2026-03-01');
    expect(todayOf({ timeZone: 'America/New_York', dayStartHour: 0 }, now)).toBe('2026-03-01');
  });

  it('marks the due days, also over a change of the clock', () => {
    const days = previewDays({ schedule: 'weekdays', weekdays: [1, 3, 5] }, '2026-03-27');
    expect(days).toHaveLength(14);
    expect(days.filter(({ due }) => due).map(({ day }) => day)).toEqual([
      '2026-03-27',
      '2026-03-30',
      '2026-04-01',
      '2026-04-03',
      '2026-04-06',
      '2026-04-08',
    ]);
    expect(days[2]).toEqual({ day: '2026-03-29', weekday: 7, due: false });
    expect(previewDays({ schedule: 'daily', weekdays: [] }, '2026-03-27').every(({ due }) => due)).toBe(true);
  });

  it('asks nothing in a first week that is too short', () => {
    // A Friday: three days are left.
    expect(previewWeeks(3, '2026-03-27')[0]).toEqual({ from: '2026-03-27', to: '2026-03-29', times: 3 });
    expect(previewWeeks(4, '2026-03-27')).toEqual([
      { from: '2026-03-27', to: '2026-03-29', times: 0 },
      { from: '2026-03-30', to: '2026-04-05', times: 4 },
      { from: '2026-04-06', to: '2026-04-12', times: 4 },
    ]);
    expect(previewWeeks(7, '2026-03-30')).toEqual([
      { from: '2026-03-30', to: '2026-04-05', times: 7 },
      { from: '2026-04-06', to: '2026-04-12', times: 7 },
    ]);
  });
});
