import { useQuery, type QueryKey } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { http, unwrap, type Api } from '@/api/client';
import { queryClient } from '@/api/query-client';

const MINUTE = 60_000;

/** A group, with what I am to it; nothing is asked before there is an id. */
export function useGroup(id: MaybeRefOrGetter<number | undefined>) {
  const groupId = computed(() => toValue(id));
  return useQuery({
    queryKey: computed(() => ['group', groupId.value]),
    queryFn: () => fetchGroup(groupId.value!),
    enabled: computed(() => groupId.value !== undefined),
    // A new day begins for the group, however long the page stays open. While the computer sleeps no time passes for a timer.
    refetchInterval: ({ state: { data } }) =>
      data ? Math.min(10 * MINUTE, Math.max(MINUTE, Date.parse(data.dayEndsAt) + 1_000 - Date.now())) : false,
  });
}

async function fetchGroup(groupId: number): Promise<Api['GroupDetailDto']> {
  const group = await unwrap(http.GET('/api/v1/groups/{groupId}', { params: { path: { groupId } } }));
  const before = queryClient.getQueryData<Api['GroupDetailDto']>(['group', groupId]);
  if (before && before.today !== group.today) {
    // The group itself is what has just come.
    const predicate = ({ queryKey }: { queryKey: QueryKey }) =>
      queryKey[0] !== 'group' || queryKey.length > 2;
    for (const queryKey of dayKeys(groupId)) void queryClient.invalidateQueries({ queryKey, predicate });
  }
  return group;
}

/** Fetches anew what there is for members only, after I have become one, or am one no more. */
export async function refreshMembership(groupId: number): Promise<void> {
  const keys = [
    ['group', groupId],
    ['groups'],
    ['my-groups'],
    ['my-applications'],
    ['today'],
    ['my-calendar'],
    ['posts'],
    ['post'],
    ['questions'],
    ['question'],
  ];
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

/** What tells of the group's days, and of mine in it. */
export const dayKeys = (groupId: number): QueryKey[] => [
  ['group', groupId],
  ['my-calendar'],
  ['member-calendar', groupId],
  ['member-stats', groupId],
  ['make-up-quota', groupId],
];
