import type { InfiniteData, QueryKey } from '@tanstack/vue-query';
import { queryClient } from '@/api/query-client';

interface Page<T> {
  items: T[];
}

/** Changes the items of every cached list whose key begins with `queryKey`, all pages of it. */
export function patchPages<T>(queryKey: QueryKey, change: (items: T[], page: number, pages: number) => T[]) {
  queryClient.setQueriesData<InfiniteData<Page<T>>>(
    { queryKey, predicate: ({ state }) => isPaged(state.data) },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page, index) => ({
          ...page,
          items: change(page.items, index, data.pages.length),
        })),
      },
  );
}

const isPaged = (data: unknown) => Array.isArray((data as InfiniteData<unknown> | undefined)?.pages);
