import type { Api } from '@/api/client';
import type { Rule } from '@/composables/rule-words';

/** What the form of a group holds; numbers are null while their field is empty. */
export interface GroupForm {
  name: string;
  description: string;
  notice: string;
  categoryId: number | null;
  /** `id` is undefined as long as the group keeps the cover that it has. */
  cover: { id?: number; url: string } | null;
  visibility: Api['GroupDto']['visibility'];
  joinPolicy: Api['GroupDto']['joinPolicy'];
  maxMembers: number | null;
  checkInPosts: boolean;
  checkInComments: boolean;
  reminderHour: number | null;
  /** Keeps the weekdays and the times per week while the schedule does not use them. */
  rule: Rule & { timesPerWeek: number };
}

const WEEKDAYS = [1, 2, 3, 4, 5];
const TIMES_PER_WEEK = 3;

/** The defaults of the API. */
export function newGroupForm(timeZone: string): GroupForm {
  return {
    name: '',
    description: '',
    notice: '',
    categoryId: null,
    cover: null,
    visibility: 'public',
    joinPolicy: 'open',
    maxMembers: 500,
    checkInPosts: false,
    checkInComments: true,
    reminderHour: null,
    rule: {
      timeZone,
      dayStartHour: 0,
      schedule: 'daily',
      weekdays: WEEKDAYS,
      timesPerWeek: TIMES_PER_WEEK,
      minNoteLength: 0,
      imageRequired: false,
      makeUpAllowed: true,
      makeUpWindowDays: 7,
      makeUpMonthlyLimit: 3,
      makeUpMinReasonLength: 5,
    },
  };
}

/** A group as it is; the rule is the latest one, which a change builds on. */
export function formOf(group: Api['GroupDetailDto']): GroupForm {
  const { effectiveFrom: _, ...rule } = group.nextRule ?? group.rule;
  return {
    name: group.name,
    description: group.description,
    notice: group.notice,
    categoryId: group.categoryId,
    cover: group.coverUrl === null ? null : { url: group.coverUrl },
    visibility: group.visibility,
    joinPolicy: group.joinPolicy,
    maxMembers: group.maxMembers,
    checkInPosts: group.checkInPosts,
    checkInComments: group.checkInComments,
    reminderHour: group.reminderHour,
    rule: {
      ...rule,
      weekdays: rule.weekdays.length > 0 ? rule.weekdays : WEEKDAYS,
      timesPerWeek: rule.timesPerWeek ?? TIMES_PER_WEEK,
    },
  };
}

export function bodyOf({ cover, rule, ...form }: GroupForm) {
  const { weekdays, timesPerWeek, ...rest } = rule;
  return {
    ...form,
    // A field that is empty is refused by the server, in its words.
    categoryId: form.categoryId as number,
    maxMembers: form.maxMembers as number,
    ...(cover === null ? { coverId: null } : cover.id !== undefined && { coverId: cover.id }),
    rule: {
      ...rest,
      ...(rule.schedule === 'weekdays' && { weekdays }),
      ...(rule.schedule === 'perWeek' && { timesPerWeek }),
    },
  } satisfies Api['CreateGroupDto'];
}

/** The fields in which `form` differs from `before`; undefined: in none. */
export function changesOf(form: GroupForm, before: GroupForm): Api['UpdateGroupDto'] | undefined {
  const old = bodyOf(before) as Record<string, unknown>;
  const changed = Object.entries(bodyOf(form)).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key]),
  );
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

const timesOf = ({ schedule, timesPerWeek }: Rule) => (schedule === 'perWeek' ? timesPerWeek : null);

/** Whether a change of today's rule has to wait for the next week: where times per week begin, end or change. */
export const waitsForMonday = (next: Rule, ofToday: Rule): boolean => timesOf(next) !== timesOf(ofToday);
