import type { CountedTable } from '../../common/recount-counters.js';

const likesOf = (type: string) =>
  `(select count(*) from likes l where l.target_type = '${type}' and l.target_id = x.id)`;
const commentsOn = (type: string) =>
  `(select count(*) from comments c where c.target_type = '${type}' and c.target_id = x.id and c.state = 'visible')`;

/** The counters of posts, comments and likes, wherever they stand. */
export const COMMUNITY_COUNTERS: readonly CountedTable[] = [
  {
    name: 'group_info',
    counters: {
      post_count: "(select count(*) from posts p where p.group_id = x.id and p.state = 'visible')",
    },
  },
  {
    name: 'posts',
    counters: { comment_count: commentsOn('post'), like_count: likesOf('post') },
    hotPoints: ({ comment_count, like_count }) => like_count! + 2 * comment_count!,
  },
  {
    name: 'comments',
    counters: {
      reply_count: "(select count(*) from comments r where r.root_id = x.id and r.state = 'visible')",
      like_count: likesOf('comment'),
    },
  },
  {
    name: 'check_ins',
    counters: { comment_count: commentsOn('checkIn'), like_count: likesOf('checkIn') },
  },
];
