import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { http, unwrap } from '@/api/client';
import { useIdParam } from '@/composables/id-param';
import { useSession } from '@/session/session';

/** The group of the route, with what I may do to it (who may what: `group-access.ts` of the server). */
export function useManagedGroup() {
  const groupId = useIdParam('groupId');
  const { me } = useSession();
  const query = useQuery({
    queryKey: computed(() => ['group', groupId.value]),
    queryFn: () =>
      unwrap(http.GET('/api/v1/groups/{groupId}', { params: { path: { groupId: groupId.value } } })),
  });
  const role = computed(() => query.data.value?.myRole);
  const isModerator = computed(() => me.value?.role === 'moderator' || me.value?.role === 'admin');
  return {
    groupId,
    query,
    /** Everything: rule, members, cover, handing over, dissolving. */
    mayAll: computed(() => role.value === 'owner' || isModerator.value),
    /** Words, applications, invites, bans. */
    mayHelp: computed(() => role.value === 'owner' || role.value === 'admin' || isModerator.value),
  };
}
