import type { Api } from '@/api/client';
import { queryClient } from '@/api/query-client';
import { patchPages } from '@/composables/cached-pages';

type CheckIn = Api['FeedItemDto'];

export const checkInsKey = (groupId: number) => ['group', groupId, 'check-ins'];
export const checkInKey = (groupId: number, id: number | undefined) => ['group', groupId, 'check-in', id];

/** Changes what is cached of a check-in, in the lists and on its own. */
export function patchCheckIn({ groupId, id }: CheckIn, change: (checkIn: CheckIn) => Partial<CheckIn>): void {
  patchPages<CheckIn>(checkInsKey(groupId), (items) =>
    items.map((item) => (item.id === id ? { ...item, ...change(item) } : item)),
  );
  queryClient.setQueryData<CheckIn>(checkInKey(groupId, id), (item) => item && { ...item, ...change(item) });
}
