import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { http, unwrap } from '@/api/client';
import { useSession } from '@/session/session';

/** What I may do in a group (docs/community.md); everything is false until the group is known. */
export function useGroupRights(groupId: MaybeRefOrGetter<number | undefined>) {
  const { me } = useSession();
  const id = computed(() => toValue(groupId));
  const query = useQuery({
    queryKey: computed(() => ['group', id.value]),
    queryFn: () => unwrap(http.GET('/api/v1/groups/{groupId}', { params: { path: { groupId: id.value! } } })),
    enabled: computed(() => id.value !== undefined),
  });
  const group = query.data;
  const isMember = computed(() => group.value !== undefined && group.value.myRole !== null);
  const mutedUntil = computed(() => group.value?.myMutedUntil ?? undefined);
  return {
    query,
    group,
    isMember,
    mutedUntil,
    /** Posts, comments, and edits of them. */
    mayWrite: computed(() => isMember.value && !mutedUntil.value),
    /** Takes away what others have written, marks posts, writes below locked ones. */
    mayModerate: computed(
      () =>
        group.value !== undefined &&
        (group.value.myRole === 'owner' ||
          group.value.myRole === 'admin' ||
          (me.value !== undefined && me.value.role !== 'user')),
    ),
  };
}
