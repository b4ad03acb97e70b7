/** Conditions for what others keep about questions and answers, such as messages; `id` is SQL for the id. */
const visibleIn = (table: string) => (id: string) =>
  `exists (select 1 from ${table} x where x.id = ${id} and x.state = 'visible')`;

export const READABLE_QUESTION = visibleIn('questions');
export const READABLE_ANSWER = visibleIn('answers');
export const READABLE_ANSWER_REPLY = visibleIn('answer_replies');
