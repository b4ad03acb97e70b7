import type { InfiniteData } from '@tanstack/vue-query';
import type { Api } from '@/api/client';

export type Message = Api['MessageDto'];
export type MessageType = Message['type'];
export type MessagePages = InfiniteData<Api['MessagePage'], string | undefined>;

export interface MessageFilter {
  /** undefined: all */
  types?: readonly MessageType[];
  unread?: boolean;
}

export const MESSAGES_KEY = ['messages'] as const;
export const messagesKey = (filter: MessageFilter) => [...MESSAGES_KEY, filter] as const;

/** A list with a message that has just come: in its place if it was there already, else on top. */
export function withMessage(pages: MessagePages, filter: MessageFilter, message: Message): MessagePages {
  if (filter.types && !filter.types.includes(message.type)) return pages;
  const isKnown = pages.pages.some(({ items }) => items.some(({ id }) => id === message.id));
  if (isKnown) return changeMessages(pages, (old) => (old.id === message.id ? message : old));
  return {
    ...pages,
    pages: pages.pages.map((page, index) =>
      index === 0 ? { ...page, items: [message, ...page.items] } : page,
    ),
  };
}

/** @param change undefined: the message is taken out */
export function changeMessages(
  pages: MessagePages,
  change: (message: Message) => Message | undefined,
): MessagePages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map(change).filter((message) => message !== undefined),
    })),
  };
}

/** The counts with `types` (by default all) read. */
export function withRead(
  counts: Api['UnreadCountDto'],
  types?: readonly MessageType[],
): Api['UnreadCountDto'] {
  const left = { ...counts.types };
  for (const type of types ?? (Object.keys(left) as MessageType[])) left[type] = 0;
  return { types: left, total: totalOf(left) };
}

/** The counts with one message of a type less. */
export function withOneRead(counts: Api['UnreadCountDto'], type: MessageType): Api['UnreadCountDto'] {
  const types = { ...counts.types, [type]: Math.max(0, counts.types[type] - 1) };
  return { types, total: totalOf(types) };
}

const totalOf = (types: Api['UnreadByTypeDto']) => Object.values(types).reduce((sum, n) => sum + n, 0);
