import { useQuery } from '@tanstack/vue-query';
import { computed, type InjectionKey, type Ref } from 'vue';
import { http, unwrap } from '@/api/client';
import { useMe } from '@/session/session';
import type { Question } from './question-cache';

/** What I may do with a question and what is below it (docs/community.md); nothing until it is known. */
export function useQuestionRights(question: Readonly<Ref<Question | undefined>>) {
  const me = useMe();
  const groupId = computed(() => question.value?.groupId ?? undefined);
  const { data: group } = useQuery({
    queryKey: ['group', groupId],
    queryFn: () =>
      unwrap(http.GET('/api/v1/groups/{groupId}', { params: { path: { groupId: groupId.value! } } })),
    enabled: () => groupId.value !== undefined,
  });

  const isAsker = computed(() => question.value?.author.id === me.value.id);
  const moderates = computed(
    () => me.value.role !== 'user' || group.value?.myRole === 'owner' || group.value?.myRole === 'admin',
  );
  const mayWrite = computed(
    () =>
      question.value !== undefined &&
      (groupId.value === undefined || (group.value?.myRole != null && group.value.myMutedUntil === null)),
  );
  return {
    isAsker,
    moderates,
    /** Answer, reply, and edit what is one's own. */
    mayWrite,
    isMine: (author: { id: number }) => author.id === me.value.id,
    mayClose: computed(
      () =>
        moderates.value || (isAsker.value && mayWrite.value && question.value?.closedByModerator === false),
    ),
    /** Why there is nothing to write with: where one is no member, or muted. */
    silence: computed(() =>
      group.value === undefined || mayWrite.value
        ? undefined
        : { group: group.value, mutedUntil: group.value.myMutedUntil },
    ),
  };
}

export type QuestionRights = ReturnType<typeof useQuestionRights>;
export const RIGHTS = Symbol('rights') as InjectionKey<QuestionRights>;
