import { useInfiniteQuery, type QueryKey } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * A list of the API, page by page. Pass the result to `<PagedList>`.
 * @param fetchPage asks for the page that `cursor` names; undefined: the first
 */
export function usePages<T, P extends Page<T> = Page<T>>(
  queryKey: MaybeRefOrGetter<QueryKey>,
  fetchPage: (cursor: string | undefined) => Promise<P & Page<T>>,
  options: { enabled?: MaybeRefOrGetter<boolean> } = {},
) {
  const query = useInfiniteQuery({
    queryKey: computed(() => toValue(queryKey)),
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: computed(() => toValue(options.enabled) ?? true),
  });
  const items = computed<T[]>(() => unique(query.data.value?.pages.flatMap((page) => page.items) ?? []));
  /** The first page as it came, for what it holds beside its items. */
  const first = computed<P | undefined>(() => query.data.value?.pages[0]);
  return { ...query, items, first };
}

/** What has moved since its page was fetched, or was written here, comes again with the page that it belongs to now. */
function unique<T>(items: T[]): T[] {
  const last = new Map<unknown, T>();
  for (const item of items) {
    const key = (item as { id?: number }).id ?? item;
    last.delete(key);
    last.set(key, item);
  }
  return [...last.values()];
}

export type Pages<T> = ReturnType<typeof usePages<T>>;
