import type { Connection } from 'mysql2/promise';
import { excerptOf, MARKDOWN_VERSION, renderMarkdown } from '../src/common/markdown/render-markdown.js';
import {
  COMMENTS,
  groupOfPost,
  isReply,
  likerOf,
  MOST_COMMENTS,
  neighbourOf,
  postOf,
  POSTS,
  questionOf,
  QUESTIONS,
  repliesTo,
  rootOf,
  ROOTS_WITH_REPLIES,
} from './community-data.js';
import { GROUPS, USERS, type World } from './data.js';
import { load, map, type Value } from './load-table.js';

type Row = Record<string, Value>;

/** What people write, as the product would have stored it. */
const texts = (bodies: string[]) =>
  bodies.map((body) => ({
    stored: { body, html: renderMarkdown(body), html_version: MARKDOWN_VERSION },
    excerpt: excerptOf(body),
  }));

const POST_TEXTS = texts([
  '今天第一次跑进半小时！\n\n前一天晚上**把跑鞋放在门口**，早上就不用想了。\n\n- 热身十分钟\n- 五公里慢跑\n- 拉伸',
  'Thirty days in a row, and it has become *easier*, not harder.\n\n> Start small.\n\nSee [the plan](https://example.com/plan).',
  '有人知道下雨天怎么办吗？楼下的健身房 7 点才开门，我 6 点就要出门了。',
]);
const COMMENT_TEXTS = texts([
  '太棒了！配速多少？',
  '我也是，**加油**！',
  'Well done – see you on Sunday.',
  '+1',
]);
const ANSWER_TEXTS = texts([
  '我的办法：\n\n1. 定一个闹钟\n2. 闹钟放在**够不到**的地方',
  'Two weeks are enough for me; `daily` reminders help.',
]);

/** Posts, comments, likes, questions and answers with the counters that belong to them. */
export async function loadCommunity(connection: Connection, { today }: World): Promise<void> {
  await load(connection, 'posts', postRows(today));
  await load(connection, 'comments', commentRows(today));
  await load(connection, 'likes', likeRows(today));
  await load(connection, 'questions', questionRows(today));
  await load(connection, 'question_follows', followRows(today));
  await load(connection, 'answers', answerRows(today));
  const posts = new Array<number>(GROUPS).fill(0);
  for (let index = 0; index < POSTS; index++) posts[groupOfPost(index) - 1]! += 1;
  for (const [group, count] of posts.entries()) {
    await connection.query('update group_info set post_count = ? where id = ?', [count, group + 1]);
  }
  await connection.query(
    'analyze table posts, comments, likes, questions, question_follows, answers, group_info',
  );
}

function postRows(today: string) {
  return map(POSTS, (index): Row => {
    const { groupId, authorId, comments, likes, pinned, hotScore, ...post } = postOf(index, today);
    const { stored, excerpt } = at(POST_TEXTS, index);
    return {
      id: post.id,
      group_id: groupId,
      author_id: authorId,
      title: `第 ${index} 天，跑步比闹钟先叫醒我`,
      ...stored,
      excerpt,
      pinned: Number(pinned),
      comment_count: comments,
      like_count: likes,
      hot_score: hotScore,
      ...timesOf(post.createdAt),
    };
  });
}

/** In the order of their writing: all first comments, all second ones, …; so a post's are far apart, as in real life. */
function* commentRows(today: string): Generator<Row> {
  const posts = Array.from({ length: POSTS }, (_, index) => postOf(index, today));
  const roots = new Map(ROOTS_WITH_REPLIES.map((nth) => [nth, new Int32Array(POSTS)]));
  let id = 0;
  for (let nth = 0; nth < MOST_COMMENTS; nth++) {
    for (const [index, post] of posts.entries()) {
      if (nth >= post.comments) continue;
      id += 1;
      const ids = roots.get(nth);
      if (ids) ids[index] = id;
      yield {
        id,
        target_type: 'post',
        target_id: post.id,
        group_id: post.groupId,
        author_id: neighbourOf(post, nth),
        root_id: isReply(nth) ? roots.get(rootOf(nth))![index]! : null,
        ...at(COMMENT_TEXTS, id).stored,
        reply_count: repliesTo(nth, post.comments),
        like_count: isLiked(id) ? 1 : 0,
        ...timesOf(new Date(post.createdAt.getTime() + (nth + 1) * 60_000)),
      };
    }
  }
}

/** Two of five comments have a like. */
const isLiked = (commentId: number) => commentId % 5 < 2;

function* likeRows(today: string): Generator<Row> {
  for (let index = 0; index < POSTS; index++) {
    const post = postOf(index, today);
    for (let nth = 0; nth < post.likes; nth++) {
      const user = likerOf(post, nth);
      yield { target_type: 'post', target_id: post.id, user_id: user, created_at: post.createdAt };
    }
  }
  for (let id = 1; id <= COMMENTS; id++) {
    if (!isLiked(id)) continue;
    yield { target_type: 'comment', target_id: id, user_id: (id % USERS) + 1, created_at: new Date(today) };
  }
}

function questionRows(today: string) {
  return map(QUESTIONS, (index): Row => {
    const { id, groupId, categoryId, authorId, answers, createdAt, hotScore } = questionOf(index, today);
    const { stored, excerpt } = at(POST_TEXTS, index);
    return {
      id,
      group_id: groupId,
      category_id: categoryId,
      author_id: authorId,
      title: `怎样才能坚持到第 ${index} 天？`,
      ...stored,
      excerpt,
      answer_count: answers,
      follower_count: 1,
      hot_score: hotScore,
      ...timesOf(createdAt),
    };
  });
}

function followRows(today: string) {
  return map(QUESTIONS, (index): Row => {
    const { id, authorId, createdAt } = questionOf(index, today);
    return { question_id: id, user_id: authorId, created_at: createdAt };
  });
}

function* answerRows(today: string): Generator<Row> {
  for (let index = 0; index < QUESTIONS; index++) {
    const { id, authorId, answers, createdAt } = questionOf(index, today);
    for (let nth = 0; nth < answers; nth++) {
      const answerer = ((authorId + nth * 17) % USERS) + 1;
      const { stored, excerpt } = at(ANSWER_TEXTS, index + nth);
      yield {
        question_id: id,
        author_id: answerer,
        author_key: `${id}:${answerer}`,
        ...stored,
        excerpt,
        ...timesOf(createdAt),
      };
    }
  }
}

const at = <T>(items: readonly T[], index: number): T => items[index % items.length]!;

const timesOf = (at: Date) => ({ created_at: at, updated_at: at });
