import { computed, type InjectionKey, type Ref } from 'vue';
import { useGroupRights } from '@/composables/group-rights';
import { useMe } from '@/session/session';
import type { Question } from './question-cache';

/** What I may do with a question and what is below it (docs/community.md); nothing until it is known. */
export function useQuestionRights(question: Readonly<Ref<Question | undefined>>) {
  const me = useMe();
  const groupId = computed(() => question.value?.groupId ?? undefined);
  const inGroup = useGroupRights(groupId);

  const isAsker = computed(() => question.value?.author.id === me.value.id);
  const isSiteWide = computed(() => question.value !== undefined && groupId.value === undefined);
  /** Answer, reply, and edit what is one's own. */
  const mayWrite = computed(() => isSiteWide.value || inGroup.mayWrite.value);
  const moderates = computed(() => (isSiteWide.value ? me.value.role !== 'user' : inGroup.mayModerate.value));
  return {
    isAsker,
    moderates,
    mayWrite,
    isMine: (author: { id: number }) => author.id === me.value.id,
    mayClose: computed(
      () =>
        moderates.value || (isAsker.value && mayWrite.value && question.value?.closedByModerator === false),
    ),
    /** Why there is nothing to write with: where one is no member, or muted. */
    silence: computed(() =>
      inGroup.group.value === undefined || mayWrite.value
        ? undefined
        : { group: inGroup.group.value, mutedUntil: inGroup.mutedUntil.value },
    ),
  };
}

export type QuestionRights = ReturnType<typeof useQuestionRights>;
export const RIGHTS = Symbol('rights') as InjectionKey<QuestionRights>;
