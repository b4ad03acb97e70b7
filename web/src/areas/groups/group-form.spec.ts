import { describe, expect, it } from 'vitest';
import type { Api } from '@/api/client';
import { bodyOf, changesOf, formOf, newGroupForm, waitsForMonday } from './group-form';

const rule = {
  effectiveFrom: '2026-03-02',
  timeZone: 'Asia/Shanghai',
  dayStartHour: 4,
  schedule: 'daily' as const,
  weekdays: [],
  timesPerWeek: null,
  minNoteLength: 0,
  imageRequired: false,
  makeUpAllowed: true,
  makeUpWindowDays: 7,
  makeUpMonthlyLimit: 3,
  makeUpMinReasonLength: 5,
};
const group = {
  name: 'Early birds',
  description: '',
  notice: '',
  categoryId: 3,
  coverUrl: '/media/a.webp',
  visibility: 'public',
  joinPolicy: 'open',
  maxMembers: 500,
  checkInPosts: false,
  checkInComments: true,
  reminderHour: null,
  rule,
  nextRule: null,
} as unknown as Api['GroupDetailDto'];

describe('what the form of a group sends', () => {
  it.each([
    ['daily', {}],
    ['weekdays', { weekdays: [1, 2, 3, 4, 5] }],
    ['perWeek', { timesPerWeek: 3 }],
  ] as const)('has only what the schedule %s uses', (schedule, expected) => {
    const form = newGroupForm('Europe/Berlin');
    form.rule.schedule = schedule;
    const { weekdays, timesPerWeek } = bodyOf(form).rule as Api['CreateCheckInRuleDto'];
    expect({ ...(weekdays && { weekdays }), ...(timesPerWeek && { timesPerWeek }) }).toEqual(expected);
  });

  it('is nothing when nothing was changed', () => {
    expect(changesOf(formOf(group), formOf(group))).toBeUndefined();
  });

  it('is what was changed, the rule as a whole', () => {
    const form = formOf(group);
    form.name = 'Larks';
    form.rule.schedule = 'perWeek';
    expect(changesOf(form, formOf(group))).toEqual({
      name: 'Larks',
      rule: expect.objectContaining({ schedule: 'perWeek', timesPerWeek: 3, dayStartHour: 4 }),
    });
  });

  it('leaves a cover alone, replaces it or takes it away', () => {
    const form = formOf(group);
    expect(bodyOf(form)).not.toHaveProperty('coverId');
    form.cover = { id: 7, url: '/media/b.webp' };
    expect(changesOf(form, formOf(group))).toEqual({ coverId: 7 });
    form.cover = null;
    expect(changesOf(form, formOf(group))).toEqual({ coverId: null });
  });

  it('waits for Monday where times per week begin, end or change', () => {
    const daily = formOf(group).rule;
    const thrice = { ...daily, schedule: 'perWeek' as const, timesPerWeek: 3 };
    expect(waitsForMonday(thrice, daily)).toBe(true);
    expect(waitsForMonday({ ...thrice, timesPerWeek: 4 }, thrice)).toBe(true);
    expect(waitsForMonday({ ...thrice, minNoteLength: 20 }, thrice)).toBe(false);
    expect(waitsForMonday({ ...daily, timesPerWeek: 4 }, daily)).toBe(false);
  });

  it('builds on the rule that is still to come', () => {
    const planned = { ...group, nextRule: { ...rule, effectiveFrom: '2026-03-09', minNoteLength: 20 } };
    expect(formOf(planned).rule.minNoteLength).toBe(20);
  });
});
