import type { InfiniteData } from '@tanstack/vue-query';

/** The pages of a list without one of its items, before the server has said so. */
export function without<T>(drop: (item: T) => boolean) {
  return (data: InfiniteData<{ items: T[] }> | undefined) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => !drop(item)) })),
    };
}
