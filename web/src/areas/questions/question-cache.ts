import type { Api } from '@/api/client';
import { queryClient } from '@/api/query-client';
import { patchPages } from '@/composables/cached-pages';

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

/** Also in the lists it stands in. */
export function patchQuestion(id: number, change: Partial<Question>): void {
  patchPages<Api['QuestionDto']>(['questions'], (items) =>
    items.map((question) => (question.id === id ? { ...question, ...change } : question)),
  );
  queryClient.setQueryData<Question>(questionKey(id), (question) => question && { ...question, ...change });
}

export function patchAnswer({ id, questionId }: Answer, change: Partial<Answer>): void {
  patchPages<Answer>(answersKey(questionId), (items) =>
    items.map((answer) => (answer.id === id ? { ...answer, ...change } : answer)),
  );
}

/** Marks the lists as old that questions and answers stand in. */
export function refreshLists(): void {
  void queryClient.invalidateQueries({ queryKey: ['questions'] });
  void queryClient.invalidateQueries({ queryKey: ['user'] });
}

/** Fetches the question anew with all that is below it. */
export async function refreshQuestion(id: number): Promise<void> {
  refreshLists();
  await queryClient.invalidateQueries({ queryKey: questionKey(id) });
}
