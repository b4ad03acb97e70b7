import { http, unwrap, type Api } from '@/api/client';
import { queryClient } from '@/api/query-client';
import { notify } from '@/layout/notify';
import {
  changeMessages,
  MESSAGES_KEY,
  withOneRead,
  withRead,
  type Message,
  type MessagePages,
  type MessageType,
} from '@/live/message-lists';
import { UNREAD_KEY } from '@/live/unread';

type Unread = Api['UnreadCountDto'];

let underWay = 0;

/** Shows what is about to be, and asks anew when the last act is over: some list may have been on its way. */
async function optimistic<T>(
  change: (message: Message) => Message | undefined,
  count: (counts: Unread) => Unread,
  send: () => Promise<T>,
): Promise<T | undefined> {
  underWay++;
  await queryClient.cancelQueries({ queryKey: MESSAGES_KEY });
  queryClient.setQueriesData<MessagePages>(
    { queryKey: MESSAGES_KEY },
    (pages) => pages && changeMessages(pages, change),
  );
  queryClient.setQueryData<Unread>(UNREAD_KEY, (counts) => counts && count(counts));
  try {
    return await send();
  } catch (error) {
    void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
    notify.failed(error);
    return undefined;
  } finally {
    if (--underWay === 0) void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
  }
}

export async function readMessage({ id, type, unread }: Message): Promise<void> {
  if (!unread) return;
  const left = await optimistic(
    (message) => (message.id === id ? { ...message, unread: false } : message),
    (counts) => withOneRead(counts, type),
    () => unwrap(http.POST('/api/v1/messages/{id}/read', { params: { path: { id } } })),
  );
  if (left) queryClient.setQueryData(UNREAD_KEY, left);
}

/** @param types undefined: all */
export async function readMessages(types?: readonly MessageType[]): Promise<boolean> {
  const left = await optimistic(
    (message) => (!types || types.includes(message.type) ? { ...message, unread: false } : message),
    (counts) => withRead(counts, types),
    () => unwrap(http.POST('/api/v1/messages/read', { body: types ? { types: [...types] } : {} })),
  );
  if (left) queryClient.setQueryData(UNREAD_KEY, left);
  return left !== undefined;
}

export async function deleteMessage({ id, type, unread }: Message): Promise<void> {
  await optimistic(
    (message) => (message.id === id ? undefined : message),
    (counts) => (unread ? withOneRead(counts, type) : counts),
    () => unwrap(http.DELETE('/api/v1/messages/{id}', { params: { path: { id } } })),
  );
}
