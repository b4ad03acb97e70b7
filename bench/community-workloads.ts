import { encodeCursor } from '../src/common/api/pagination.js';
import {
  answeredOf,
  lastPostOfPage,
  neighbourOf,
  newLikerOf,
  PAGES as LAST_PAGE,
  PAGE_SIZE,
  postOf,
  POSTS,
  QUESTION_CATEGORIES,
  questionOf,
  QUESTIONS,
} from './community-data.js';
import { MEMBERS_PER_GROUP, USERS, userOf } from './data.js';
import type { BenchRequest } from './requests.js';
import type { Workload } from './workloads.js';

export { LAST_PAGE };

/** Coprime to the numbers of things there are: all of them come, neighbours far apart. */
const STEP = 7_919;
const anyPost = (n: number, today: string) => postOf((n * STEP) % POSTS, today);
const anyReader = (n: number) => userOf(0, (n * STEP) % MEMBERS_PER_GROUP);

function requestOfPage(page: number, n: number): BenchRequest {
  const path = `/groups/1/posts?limit=${PAGE_SIZE}`;
  const read = { userId: anyReader(n), method: 'GET' } as const;
  if (page === 1) return { ...read, kind: 'posts first', path };
  const cursor = encodeCursor(['all new', 0, 0, lastPostOfPage(page - 1)]);
  return { ...read, kind: 'posts after', path: `${path}&cursor=${cursor}` };
}

/** Pages from the first to the thousandth. */
export const posts: Workload = {
  kinds: ['posts first', 'posts after'],
  requestOf: (n) => requestOfPage(((n * 37) % LAST_PAGE) + 1, n),
};

export const postPage = (page: number): Workload => ({
  kinds: [],
  requestOf: (n) => requestOfPage(page, n),
});

export const postAndComments: Workload = {
  kinds: ['post', ...[0, 1, 2, 4].map((answered) => `comments ${answered}`)],
  requestOf: (n, today) => {
    const post = anyPost(Math.floor(n / 2), today);
    const read = { userId: (n % USERS) + 1, method: 'GET' } as const;
    return n % 2 === 0
      ? { ...read, kind: 'post', path: `/posts/${post.id}` }
      : { ...read, kind: `comments ${answeredOf(post)}`, path: `/posts/${post.id}/comments` };
  },
};

const COMMENT = '太棒了！配速多少？我**明天**也来跑，六点西门见。';

/** By another member than the author, who is told. */
export const comment: Workload = {
  kinds: ['comment'],
  requestOf: (n, today) => {
    const post = anyPost(n, today);
    return {
      kind: 'comment',
      userId: neighbourOf(post, n % 900),
      method: 'POST',
      path: `/posts/${post.id}/comments`,
      body: JSON.stringify({ body: COMMENT }),
    };
  },
  twinOf: (n) => n + 1,
  comparable: (data: object) => ({ ...data, id: 0, author: null, createdAt: '' }),
};

/** So many likes later a like is taken back: more than there are connections, so that it has been given. */
const LATER = 200;

/** Even numbers like, each a post that nobody has liked in this run; odd ones take an earlier like back. */
export const likeAndUnlike: Workload = {
  kinds: ['like', 'unlike'],
  requestOf: (n, today) => {
    const nth = Math.floor(n / 2);
    if (n % 2 === 0) return likeOf(nth, today);
    const given = likeOf(nth >= LATER ? nth - LATER : nth, today);
    return { ...given, kind: 'unlike', method: 'DELETE', after: given };
  },
  // With as many likes before, and some way from the others.
  twinOf: (n) => n + 160 * 10,
};

function likeOf(nth: number, today: string): BenchRequest {
  if (nth >= POSTS) throw new Error('Every post has been liked: take shorter turns');
  const post = anyPost(nth, today);
  return { kind: 'like', userId: newLikerOf(post), method: 'PUT', path: `/posts/${post.id}/like` };
}

/** Newest or hottest, of all categories or one, from the top or from anywhere. */
export const questions: Workload = {
  kinds: ['new', 'hot'].flatMap((sort) =>
    ['all', 'category'].flatMap((of) => ['first', 'after'].map((from) => `questions ${sort} ${of} ${from}`)),
  ),
  requestOf: (n, today) => {
    const sort = n % 2 === 0 ? 'new' : 'hot';
    const of = n % 4 < 2 ? 'all' : 'category';
    const from = n % 8 < 4 ? 'first' : 'after';
    const question = questionOf((n * STEP) % QUESTIONS, today);
    const category = (n % QUESTION_CATEGORIES) + 1;
    const value = sort === 'hot' ? question.hotScore : question.id;
    const search = new URLSearchParams({ sort });
    if (of === 'category') search.set('categoryId', String(category));
    if (from === 'after') search.set('cursor', encodeCursor([sort, value, question.id]));
    return {
      kind: `questions ${sort} ${of} ${from}`,
      userId: (n % USERS) + 1,
      method: 'GET',
      path: `/questions?${search.toString()}`,
    };
  },
};
