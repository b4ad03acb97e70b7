import { computed, onScopeDispose, ref, shallowRef, toValue, useId, type MaybeRefOrGetter } from 'vue';
import { http, unwrap, type Api } from '@/api/client';
import { queryClient } from '@/api/query-client';
import { useSession } from '@/session/session';
import { mentionAt, type Field } from './markdown-text';

type User = Api['UserRefDto'];
interface Begun {
  from: number;
  query: string;
}

const WAIT_MS = 200;

/** Suggests members of a group while a name after `@` is being written: a list box that the text field steers. */
export function useMentions(options: {
  groupId: MaybeRefOrGetter<number | undefined>;
  field: () => Field;
  choose: (begun: Begun, nickname: string) => void;
}) {
  const { me } = useSession();
  const users = shallowRef<User[]>([]);
  const active = ref(0);
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  let begun: Begun | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isOpen = computed(() => users.value.length > 0);
  const activeId = computed(() => (isOpen.value ? optionId(active.value) : undefined));

  /** After the text or the caret has changed. */
  function look(): void {
    const groupId = toValue(options.groupId);
    if (groupId === undefined) return;
    const { text, start, end } = options.field();
    begun = start === end ? mentionAt(text, start) : undefined;
    clearTimeout(timer);
    if (!begun) close();
    else timer = setTimeout(() => void fetchUsers(groupId, begun!.query), WAIT_MS);
  }

  async function fetchUsers(groupId: number, q: string): Promise<void> {
    const found = await queryClient
      .fetchQuery({
        queryKey: ['group', groupId, 'members', 'named', q],
        queryFn: () =>
          unwrap(
            http.GET('/api/v1/groups/{groupId}/members', {
              params: { path: { groupId }, query: { q: q || undefined, limit: 9 } },
            }),
          ),
        staleTime: 60_000,
      })
      .catch(() => undefined); // Without suggestions one writes the name oneself.
    if (begun?.query !== q) return;
    active.value = 0;
    users.value = (found?.items ?? []).map(({ user }) => user).filter(({ id }) => id !== me.value?.id);
  }

  function close(): void {
    begun = undefined;
    clearTimeout(timer);
    users.value = [];
  }

  function choose(user: User): void {
    if (begun) options.choose(begun, user.nickname);
    close();
  }

  /** @returns whether the key was for the list */
  function onKey(event: KeyboardEvent): boolean {
    if (!isOpen.value) return false;
    const count = users.value.length;
    if (event.key === 'ArrowDown') active.value = (active.value + 1) % count;
    else if (event.key === 'ArrowUp') active.value = (active.value - 1 + count) % count;
    else if (event.key === 'Enter' || event.key === 'Tab') choose(users.value[active.value]!);
    else if (event.key === 'Escape') close();
    else {
      // The caret leaves the name.
      if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) close();
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  onScopeDispose(() => clearTimeout(timer));
  return { users, active, listId, optionId, isOpen, activeId, look, close, choose, onKey };
}
