import { computed, type MaybeRefOrGetter } from 'vue';
import { useSession } from '@/session/session';
import { useGroup } from './group';

/**
 * What I may do in a group (docs/community.md, `group-access.ts` of the server); everything is false until the group is
 * known. The server decides, this only spares me buttons that it would refuse.
 */
export function useGroupRights(groupId: MaybeRefOrGetter<number | undefined>) {
  const { me } = useSession();
  const query = useGroup(groupId);
  const group = query.data;
  const isMember = computed(() => group.value !== undefined && group.value.myRole !== null);
  const moderatesSite = computed(() => me.value !== undefined && me.value.role !== 'user');
  const mutedUntil = computed(() => group.value?.myMutedUntil ?? undefined);
  /** Everything: rule, roles, cover, handing over, dissolving. */
  const mayOwn = computed(
    () => group.value !== undefined && (moderatesSite.value || group.value.myRole === 'owner'),
  );
  return {
    query,
    group,
    isMember,
    mutedUntil,
    /** Posts, comments, and edits of them. */
    mayWrite: computed(() => isMember.value && !mutedUntil.value),
    mayOwn,
    /** Words, applications, invites, bans; takes away what others have written, marks posts, writes below locked ones. */
    mayModerate: computed(() => mayOwn.value || group.value?.myRole === 'admin'),
  };
}
