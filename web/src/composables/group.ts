import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { http, unwrap } from '@/api/client';

/** A group, with what I am to it; nothing is asked before there is an id. */
export function useGroup(id: MaybeRefOrGetter<number | undefined>) {
  const groupId = computed(() => toValue(id));
  return useQuery({
    queryKey: computed(() => ['group', groupId.value]),
    queryFn: () =>
      unwrap(http.GET('/api/v1/groups/{groupId}', { params: { path: { groupId: groupId.value! } } })),
    enabled: computed(() => groupId.value !== undefined),
    // A new day begins for the group, however long the page stays open.
    refetchInterval: ({ state: { data } }) =>
      data ? Math.max(60_000, Date.parse(data.dayEndsAt) + 1_000 - Date.now()) : false,
  });
}
