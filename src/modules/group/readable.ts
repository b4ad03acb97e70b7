/** A condition for what others keep about check-ins, such as messages; `id` is SQL for the id. */
export const READABLE_CHECK_IN = (id: string) =>
  `exists (select 1 from check_ins x where x.id = ${id} and x.state = 'valid')`;
