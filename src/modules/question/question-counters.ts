import type { CountedTable } from '../../common/recount-counters.js';

const votesOn = (type: 'question' | 'answer') =>
  `(select coalesce(sum(v.value), 0) from votes v where v.target_type = '${type}' and v.target_id = x.id)`;

/** The question says which answer is accepted, if it is one of its visible ones; the flags of the answers follow. */
export const QUESTION_COUNTERS: readonly CountedTable[] = [
  {
    name: 'questions',
    counters: {
      answer_count: "(select count(*) from answers a where a.question_id = x.id and a.state = 'visible')",
      vote_score: votesOn('question'),
      follower_count: '(select count(*) from question_follows f where f.question_id = x.id)',
      accepted_answer_id: `(select a.id from answers a
        where a.id = x.accepted_answer_id and a.question_id = x.id and a.state = 'visible')`,
    },
    hotPoints: ({ answer_count, vote_score, follower_count }) =>
      2 * answer_count! + Math.max(0, vote_score!) + follower_count!,
  },
  {
    name: 'answers',
    counters: {
      vote_score: votesOn('answer'),
      reply_count: "(select count(*) from answer_replies r where r.answer_id = x.id and r.state = 'visible')",
      accepted: `(select count(*) from questions q
        where q.id = x.question_id and q.accepted_answer_id = x.id and x.state = 'visible')`,
    },
    lockedBefore: 'select id from questions where id = (select question_id from answers where id = ?)',
  },
];
