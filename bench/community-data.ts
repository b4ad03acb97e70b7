import { hotScoreOf } from '../src/common/content/hot-score.js';
import { GROUPS, MEMBERS_PER_GROUP, USERS, userOf } from './data.js';

export const POSTS = 100_000;
export const COMMENTS = 1_000_000;
export const QUESTIONS = 20_000;
export const QUESTION_CATEGORIES = 9;

/** So many pages of 20 posts of the first group can be walked through. */
export const PAGES = 1_000;
export const PAGE_SIZE = 20;

/** Comments, likes and answers of neighbouring posts and questions, again and again. */
const COMMENTS_OF = [0, 2, 2, 4, 6, 6, 10, 10, 20, 40];
export const MOST_COMMENTS = 40;
const LIKES_OF = [0, 4, 6, 14];
const MOST_LIKES = 14;
const ANSWERS_OF = [0, 2, 4, 6];

const LONGEST_AGO_MS = 30 * 86_400_000;

export interface PostFacts {
  id: number;
  groupId: number;
  authorId: number;
  /** The author's, among the members of the group. */
  place: number;
  pinned: boolean;
  comments: number;
  likes: number;
  createdAt: Date;
  hotScore: number;
}

/** @param index from 0; a quarter of all posts is in the first group, spread over all ids */
export function postOf(index: number, today: string): PostFacts {
  const ofGroup = Math.floor(index / 4);
  const groupId = groupOfPost(index);
  const place = (ofGroup * 7) % MEMBERS_PER_GROUP;
  const comments = COMMENTS_OF[ofGroup % 10]!;
  const likes = LIKES_OF[ofGroup % 4]!;
  const createdAt = instantOf(index / POSTS, today);
  return {
    id: index + 1,
    groupId,
    authorId: userOf(groupId - 1, place),
    place,
    // The oldest three of every group, or there about.
    pinned: groupId === 1 ? ofGroup < 3 : index < 4 * GROUPS,
    comments,
    likes,
    createdAt,
    hotScore: hotScoreOf(createdAt, likes + 2 * comments),
  };
}

export const groupOfPost = (index: number): number => (index % 4 === 0 ? 1 : 2 + (index % (GROUPS - 1)));

/** Id of the last post of a page of the first group, newest first; three pinned ones begin the first page. */
export const lastPostOfPage = (page: number): number => 4 * (POSTS / 4 - (page * PAGE_SIZE - 3)) + 1;

/** Who likes a post: `nth` up to its `likes` are loaded, those of the benchmark come after all of them. */
export const likerOf = ({ authorId }: PostFacts, nth: number): number =>
  ((authorId - 1 + 7 * (nth + 1)) % USERS) + 1;
export const newLikerOf = (post: PostFacts): number => likerOf(post, MOST_LIKES);

/** Somebody of the same group as the author. */
export const neighbourOf = ({ groupId, place }: PostFacts, nth: number): number =>
  userOf(groupId - 1, (place + 1 + nth) % MEMBERS_PER_GROUP);

/** The comments of a post in the order of their writing: two of five are replies, to the first, second, third, sixth. */
export const isReply = (nth: number): boolean => nth % 5 > 2;
export const ROOTS_WITH_REPLIES = [0, 1, 2, 5];
export const rootOf = (nth: number): number => ROOTS_WITH_REPLIES[Math.floor(nth / 10)]!;

/** Of the `nth` comment of a post that has so many. */
export function repliesTo(nth: number, comments: number): number {
  const ten = ROOTS_WITH_REPLIES.indexOf(nth);
  if (ten < 0) return 0;
  return [3, 4, 8, 9].filter((reply) => ten * 10 + reply < comments).length;
}

/** How many comments of a post have replies: the statement that reads these differs with it. */
export const answeredOf = ({ comments }: PostFacts): number =>
  ROOTS_WITH_REPLIES.filter((nth) => repliesTo(nth, comments) > 0).length;

export interface QuestionFacts {
  id: number;
  groupId: number | null;
  categoryId: number;
  authorId: number;
  answers: number;
  createdAt: Date;
  hotScore: number;
}

/** @param index from 0; a quarter of the questions is of groups */
export function questionOf(index: number, today: string): QuestionFacts {
  const answers = ANSWERS_OF[index % 4]!;
  const createdAt = instantOf(index / QUESTIONS, today);
  return {
    id: index + 1,
    groupId: index % 4 === 3 ? ((index * 11) % GROUPS) + 1 : null,
    categoryId: ((index * 7) % QUESTION_CATEGORIES) + 1,
    authorId: ((index * 13) % USERS) + 1,
    answers,
    createdAt,
    // Its author follows it.
    hotScore: hotScoreOf(createdAt, 2 * answers + 1),
  };
}

/** In the month before today. */
function instantOf(share: number, today: string): Date {
  return new Date(Date.parse(today) - Math.floor((1 - share) * LONGEST_AGO_MS));
}
