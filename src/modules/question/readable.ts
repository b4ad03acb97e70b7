/**
 * SQL conditions that hold where nobody has taken a thing away, nor what it belongs to; `id` is an SQL expression.
 * The group's visibility is another matter.
 */
export const READABLE_QUESTION = (id: string): string =>
  `exists (select 1 from questions rq where rq.id = ${id} and rq.state = 'visible')`;

export const READABLE_ANSWER = (id: string): string =>
  `exists (select 1 from answers ra join questions rq on rq.id = ra.question_id and rq.state = 'visible'
    where ra.id = ${id} and ra.state = 'visible')`;

export const READABLE_ANSWER_REPLY = (id: string): string =>
  `exists (select 1 from answer_replies rr join answers ra on ra.id = rr.answer_id and ra.state = 'visible'
    join questions rq on rq.id = ra.question_id and rq.state = 'visible'
    where rr.id = ${id} and rr.state = 'visible')`;
