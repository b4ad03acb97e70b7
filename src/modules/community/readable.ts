/** Conditions for what others keep about posts and comments, such as messages; `id` is SQL for the id. */
const visibleIn = (table: string) => (id: string) =>
  `exists (select 1 from ${table} x where x.id = ${id} and x.state = 'visible')`;

export const READABLE_POST = visibleIn('posts');
export const READABLE_COMMENT = visibleIn('comments');
