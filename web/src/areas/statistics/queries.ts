import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { http, unwrap } from '@/api/client';
import type { DayRange } from './ranges';

interface Member {
  groupId: number;
  userId: number;
}

export const memberStatsKey = ({ groupId, userId }: Member) => ['member-stats', groupId, userId];
export const memberCalendarKey = ({ groupId, userId }: Member) => ['member-calendar', groupId, userId];
export const quotaKey = (groupId: number) => ['make-up-quota', groupId];

export function useMemberStats(member: () => Member) {
  return useQuery({
    queryKey: computed(() => memberStatsKey(member())),
    queryFn: () =>
      unwrap(http.GET('/api/v1/groups/{groupId}/members/{userId}/stats', { params: { path: member() } })),
  });
}

/** @param range undefined: not known yet */
export function useMemberCalendar(member: () => Member, range: () => DayRange | undefined) {
  return useQuery({
    queryKey: computed(() => [...memberCalendarKey(member()), range()]),
    queryFn: () =>
      unwrap(
        http.GET('/api/v1/groups/{groupId}/members/{userId}/calendar', {
          params: { path: member(), query: range()! },
        }),
      ),
    enabled: computed(() => range() !== undefined),
    placeholderData: keepPreviousData,
  });
}

export function useMakeUpQuota(groupId: () => number, enabled: () => boolean) {
  return useQuery({
    queryKey: computed(() => quotaKey(groupId())),
    queryFn: () =>
      unwrap(
        http.GET('/api/v1/groups/{groupId}/make-ups/quota', { params: { path: { groupId: groupId() } } }),
      ),
    enabled: computed(enabled),
  });
}
