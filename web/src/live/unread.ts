import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { http, unwrap } from '@/api/client';
import { useSession } from '@/session/session';

export const UNREAD_KEY = ['unread'];

/** Counts of unread messages; the socket keeps them right. */
export function useUnread() {
  const { isSignedIn } = useSession();
  const { data } = useQuery({
    queryKey: UNREAD_KEY,
    queryFn: () => unwrap(http.GET('/api/v1/messages/unread-count')),
    enabled: isSignedIn,
  });
  return { total: computed(() => data.value?.total ?? 0), types: computed(() => data.value?.types) };
}
