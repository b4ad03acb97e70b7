import { computed } from 'vue';
import type { Api } from '@/api/client';
import { useMe } from '@/session/session';

type Member = Pick<Api['MemberDto'], 'role' | 'user'>;

/** What I may do in a group; the server decides, this only spares me buttons that it would refuse. */
export function useAdminRights(group: () => Pick<Api['GroupDto'], 'myRole'>) {
  const me = useMe();
  const moderatesSite = computed(() => me.value.role !== 'user');
  const runsGroup = computed(
    () => moderatesSite.value || group().myRole === 'owner' || group().myRole === 'admin',
  );
  const assignsRoles = computed(() => moderatesSite.value || group().myRole === 'owner');
  /** Mute and remove: nobody himself or the owner, admins no other admin. */
  const mayActOn = (member: Member): boolean =>
    runsGroup.value &&
    member.user.id !== me.value.id &&
    member.role !== 'owner' &&
    (assignsRoles.value || member.role !== 'admin');
  return { runsGroup, assignsRoles, mayActOn };
}
