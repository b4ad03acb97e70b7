import type { InfiniteData } from '@tanstack/vue-query';
import { computed, reactive } from 'vue';
import { http, unwrap, type Api } from '@/api/client';
import { newKey } from '@/api/idempotency';
import { hasCause } from '@/api/errors';
import { queryClient } from '@/api/query-client';
import { dayKeys } from './group';

/** What a check-in needs to know of its group; a `TodayItemDto` is one. */
export interface CheckInGroup {
  groupId: number;
  groupName: string;
  minNoteLength: number;
  imageRequired: boolean;
  state: Api['MyTodayDto']['state'];
  checkInId: number | null;
  /** The group's day that is shown; it may be over when the check-in arrives. */
  day?: string;
  /** Known to be: he gives neither note nor picture, and needs none. */
  muted?: boolean;
}

type Standing = Pick<Api['TodayItemDto'], 'state' | 'checkInId' | 'streak'>;

/** Where I stand today in a group; the list of today and the group itself both tell it. */
interface Standings {
  today: Standing | undefined;
  group: Api['MyTodayDto'] | undefined;
}

const TODAY_KEY = ['today'];
type TodayPages = InfiniteData<Api['TodayItemPage']>;

function standingsOf(groupId: number): Standings {
  const pages = queryClient.getQueryData<TodayPages>(TODAY_KEY)?.pages ?? [];
  return {
    today: pages.flatMap(({ items }) => items).find((item) => item.groupId === groupId),
    group: queryClient.getQueryData<Api['GroupDetailDto']>(['group', groupId])?.myToday ?? undefined,
  };
}

function patch(
  groupId: number,
  { today, group }: { today?: Partial<Standing>; group?: Partial<Api['MyTodayDto']> },
): void {
  if (today) {
    queryClient.setQueryData<TodayPages>(
      TODAY_KEY,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.groupId === groupId ? { ...item, ...today } : item)),
          })),
        },
    );
  }
  if (group) {
    queryClient.setQueryData<Api['GroupDetailDto']>(['group', groupId], (data) =>
      data?.myToday ? { ...data, myToday: { ...data.myToday, ...group } } : data,
    );
  }
}

/** The same change to both. */
function patchBoth(groupId: number, change: (before: Pick<Standing, 'streak'>) => Partial<Standing>): void {
  const { today, group } = standingsOf(groupId);
  patch(groupId, { today: today && change(today), group: group && change(group) });
}

/** Groups with a check-in or its withdrawal under way: however often one taps, it is sent once. */
const underWay = reactive(new Set<number>());
/** Known to have neither note nor picture: nothing is lost by taking them back. */
const plain = new Set<number>();

/** Everything that a check-in or a make-up of mine changes. */
export async function invalidateCheckIns(groupId: number, withPost = false): Promise<void> {
  const keys = [...dayKeys(groupId), ...(withPost ? [['posts']] : [])];
  // While another one is under way the list would come back without it.
  if (underWay.size === 0) keys.push(TODAY_KEY);
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

async function change<T>(groupId: number, optimistic: () => void, send: () => Promise<T>): Promise<T> {
  underWay.add(groupId);
  const before = standingsOf(groupId);
  try {
    await Promise.all([
      queryClient.cancelQueries({ queryKey: TODAY_KEY }),
      queryClient.cancelQueries({ queryKey: ['group', groupId], exact: true }),
    ]);
    optimistic();
    return await send();
  } catch (error) {
    patch(groupId, before);
    throw error;
  } finally {
    underWay.delete(groupId);
  }
}

export interface CheckInOutcome {
  result: Api['CheckInResultDto'];
  /** The day that was shown had just ended; this counts for the next one. */
  dayHasPassed: boolean;
}

/**
 * My check-in of today in a group, and taking it back. The caches show it before the server has answered, and are
 * put back when it refuses. Both resolve to undefined, and send nothing, while one of the two is under way.
 */
export function useCheckIn(group: () => CheckInGroup) {
  const busy = computed(() => underWay.has(group().groupId));

  /** @throws ApiError */
  async function checkIn(body: Api['CreateCheckInDto'] = {}): Promise<CheckInOutcome | undefined> {
    const { groupId, day } = group();
    if (underWay.has(groupId)) return undefined;
    // A new one for each: after a lost answer the next says "done already", on another day it is another check-in.
    const key = newKey();
    try {
      const result = await change(
        groupId,
        () => patchBoth(groupId, ({ streak }) => ({ state: 'DONE', streak: grown(streak) })),
        () =>
          unwrap(
            http.POST('/api/v1/groups/{groupId}/check-ins', {
              params: { path: { groupId }, header: { 'Idempotency-Key': key } },
              body,
            }),
          ),
      );
      if (!result.checkIn.note && result.checkIn.images.length === 0) plain.add(result.checkIn.id);
      patchBoth(groupId, () => ({ state: 'DONE', checkInId: result.checkIn.id, streak: result.streak }));
      return { result, dayHasPassed: day !== undefined && result.day !== day };
    } finally {
      void invalidateCheckIns(groupId, Boolean(body.note));
    }
  }

  /** @throws ApiError */
  async function withdraw(): Promise<boolean> {
    const { groupId, checkInId } = group();
    if (checkInId === null || underWay.has(groupId)) return false;
    try {
      await change(
        groupId,
        () =>
          patchBoth(groupId, ({ streak }) => ({ state: 'PENDING', checkInId: null, streak: shrunk(streak) })),
        () =>
          unwrap(
            http.DELETE('/api/v1/groups/{groupId}/check-ins/{id}', {
              params: { path: { groupId, id: checkInId } },
            }),
          ),
      );
      return true;
    } finally {
      void invalidateCheckIns(groupId, true);
    }
  }

  return { busy, checkIn, withdraw, isPlain: (checkInId: number) => plain.has(checkInId) };
}

/** The day the person was shown is over: what was due then no longer is. */
export const isDayOver = (error: unknown): boolean => hasCause(error, 'NOT_DUE_TODAY', 'UNDO_TOO_LATE');

// A guess until the answer is there. Whether a week has got its check-ins is not known here.
const grown = (streak: Api['StreakDto']): Api['StreakDto'] => ({
  ...streak,
  length: streak.unit === 'day' ? streak.length + 1 : streak.length,
  atRisk: false,
});
const shrunk = (streak: Api['StreakDto']): Api['StreakDto'] => ({
  ...streak,
  length: streak.unit === 'day' ? Math.max(0, streak.length - 1) : streak.length,
});
