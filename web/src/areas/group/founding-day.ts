import type { Api } from '@/api/client';
import { todayOf } from '@/composables/rule-words';

/** The group's first day, by its own reckoning. */
export const foundingDayOf = ({ rule, createdAt }: Pick<Api['GroupDto'], 'rule' | 'createdAt'>): string =>
  todayOf(rule, Date.parse(createdAt));
