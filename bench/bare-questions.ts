import { encodeCursor } from '../src/common/api/pagination.js';
import { type Row, rows, sqlOf, userRef, type Value } from './bare-database.js';

const LIMIT = 20;

export async function questions(userId: number, query: URLSearchParams) {
  const sort = query.get('sort')!;
  const category = query.get('categoryId');
  const cursor = query.get('cursor');
  const [list] = sqlOf(
    `questions ${sort} ${category ? 'category' : 'all'} ${cursor ? 'after' : 'first'}`,
  ) as [string];
  const params: Value[] = category ? [Number(category)] : [];
  if (cursor) {
    const [, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, number, number];
    params.push(...(sort === 'hot' ? [value, value, id] : [id]));
  }
  const found = await rows(list, [...params, userId, true]);
  const last = found[LIMIT - 1];
  const value = sort === 'hot' ? last?.hotScore : last?.id;
  return {
    items: found.slice(0, LIMIT).map(toQuestion),
    nextCursor: found.length > LIMIT ? encodeCursor([sort, value, last!.id]) : null,
  };
}

const toQuestion = (row: Row) => ({
  id: row.id,
  groupId: row.groupId,
  groupName: row.groupName,
  categoryId: row.categoryId,
  author: userRef(row.userId, row.nickname, row.avatar),
  title: row.title,
  excerpt: row.excerpt,
  images: JSON.parse(row.images ?? '[]') as unknown[],
  answerCount: row.answerCount,
  voteScore: row.voteScore,
  viewCount: row.viewCount,
  followerCount: row.followerCount,
  hasAcceptedAnswer: row.acceptedAnswerId !== null,
  closed: row.closedAt !== null,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
});
