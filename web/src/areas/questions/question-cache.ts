import type { InfiniteData } from '@tanstack/vue-query';
import type { Api } from '@/api/client';
import { queryClient } from '@/api/query-client';

export type Question = Api['QuestionDetailDto'];
export type Answer = Api['AnswerDto'];

export const questionKey = (id: number) => ['question', id];
export const answersKey = (id: number) => ['question', id, 'answers'];
export const repliesKey = ({ questionId, id }: Pick<Answer, 'id' | 'questionId'>) => [
  'question',
  questionId,
  'replies',
  id,
];

export function patchQuestion(id: number, change: Partial<Question>): void {
  queryClient.setQueryData<Question>(questionKey(id), (question) => question && { ...question, ...change });
}

export function patchAnswer({ id, questionId }: Answer, change: Partial<Answer>): void {
  queryClient.setQueryData<InfiniteData<Api['AnswerPage']>>(
    answersKey(questionId),
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({
          ...page,
          items: page.items.map((answer) => (answer.id === id ? { ...answer, ...change } : answer)),
        })),
      },
  );
}

/** Fetches the question anew with all that is below it, and marks the lists it stands in as old. */
export async function refreshQuestion(id: number): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: ['questions'] });
  await queryClient.invalidateQueries({ queryKey: questionKey(id) });
}
