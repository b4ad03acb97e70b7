import { encodeCursor } from '../src/common/api/pagination.js';
import { hotBaseOf } from '../src/common/content/hot-score.js';
import { excerptOf, MARKDOWN_VERSION, renderMarkdown } from '../src/common/markdown/render-markdown.js';
import { execute, inTransaction, type Row, rows, sqlOf, userRef } from './bare-database.js';

type Read = (sql: string, params: (string | number | boolean)[]) => Promise<Row[]>;

const LIMIT = 20;

export async function posts(userId: number, groupId: number, query: URLSearchParams) {
  const cursor = query.get('cursor');
  const [find, list] = sqlOf(cursor ? 'posts after' : 'posts first');
  await viewGroup(rows, find!, userId, groupId);
  const branch = [groupId, false];
  const found = await rows(
    list!,
    cursor
      ? [...branch, JSON.parse(Buffer.from(cursor, 'base64url').toString())[3], userId]
      : [groupId, true, ...branch, userId],
  );
  const last = found[LIMIT - 1];
  return {
    items: found.slice(0, LIMIT).map(toPost),
    nextCursor: found.length > LIMIT ? encodeCursor(['all new', last!.pinned, 0, last!.id]) : null,
  };
}

export async function post(userId: number, id: number) {
  const [find, findGroup] = sqlOf('post');
  const [row] = await rows(find!, [userId, id]);
  if (row?.state !== 'visible') throw new Error('No such post');
  await viewGroup(rows, findGroup!, userId, row.groupId);
  return { ...toPost(row), body: row.body, html: htmlOf(row), version: row.version };
}

export async function comments(userId: number, postId: number) {
  const [findPost, findGroup, list] = sqlOf('comments 0') as [string, string, string];
  await viewPost(rows, findPost, findGroup, userId, postId);
  const found = await rows(list, ['post', postId, 0, userId]);
  const roots = found.slice(0, LIMIT);
  const answered = roots.filter(({ replyCount }) => replyCount > 0).map(({ id }) => id as number);
  const newest = sqlOf(`comments ${answered.length}`)[3];
  const replies = newest ? await rows(newest, [...answered, userId]) : [];
  return {
    items: roots.map((root) => ({
      ...toReply(root),
      replyCount: root.replyCount,
      replies: replies.filter(({ rootId }) => rootId === root.id).map(toReply),
    })),
    nextCursor: found.length > LIMIT ? encodeCursor(['old', roots.at(-1)!.id]) : null,
  };
}

export async function comment(userId: number, postId: number, body: string) {
  const [findPost, findGroup, begin, count, insert, findReaders, findSettings, tell, find, commit] = sqlOf(
    'comment',
  ) as [string, string, string, string, string, string, string, string, string, string];
  const { head, member } = await viewPost(rows, findPost, findGroup, userId, postId);
  if (!member.mActive || member.mMutedUntil > new Date() || head.locked) throw new Error('May not write');
  if (body.length > 1_000 || body.includes('@')) throw new Error('Not a comment that is known here');
  const html = renderMarkdown(body);
  const now = new Date();
  return inTransaction(begin, commit, async (connection) => {
    const read = readerOn(connection);
    await mustChange(execute(connection, count, [hotBaseOf(head.createdAt), 1, 1, postId]));
    const place = ['post', postId, head.groupId, userId, null, null];
    const text = [body, html, MARKDOWN_VERSION, null];
    const { insertId } = await execute(connection, insert, [...place, ...text, now, now]);
    if (await isTold(read, findReaders, findSettings, head, 'comment')) {
      const about = ['comment', null, userId, 'comment', insertId, 'post', postId, null, head.groupId];
      const said = [head.title, excerptOf(body), null, now, now];
      await execute(connection, tell, [...about, ...said, head.authorId]);
    }
    const [row] = await read(find, [userId, insertId]);
    return { ...toReply(row!), replyCount: 0, replies: [] };
  });
}

export async function like(userId: number, postId: number) {
  const [begin, findPost, findGroup, insert, count, findReaders, findSettings, claim, merge, findMessage, link, commit] =
    sqlOf('like') as [string, string, string, string, string, string, string, string, string, string, string, string]; // prettier-ignore
  return inTransaction(begin, commit, async (connection) => {
    const read = readerOn(connection);
    const { head } = await viewPost(read, findPost, findGroup, userId, postId);
    if (head.authorId === userId) throw new Error('Own post');
    const now = new Date();
    await execute(connection, insert, ['post', postId, userId, now]);
    await mustChange(execute(connection, count, [hotBaseOf(head.createdAt), 1, 1, postId]));
    if (await isTold(read, findReaders, findSettings, head, 'like')) {
      await execute(connection, claim, [userId, 'post', postId, now]);
      const key = `like:post:${postId}`;
      const about = ['like', null, userId, 'post', postId, 'post', postId, null, head.groupId];
      await execute(connection, merge, [head.authorId, ...about, head.title, head.excerpt, key, now, now]);
      const [message] = await read(findMessage, [head.authorId, key]);
      await execute(connection, link, [message!.id, now, userId, 'post', postId]);
    }
    return { liked: true, likeCount: head.likeCount + 1 };
  });
}

export async function unlike(userId: number, postId: number) {
  const [begin, findPost, findGroup, remove, count, findTold, unlink, withdraw, commit] = sqlOf('unlike') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return inTransaction(begin, commit, async (connection) => {
    const read = readerOn(connection);
    const { head } = await viewPost(read, findPost, findGroup, userId, postId);
    const { affectedRows } = await execute(connection, remove, ['post', postId, userId]);
    if (affectedRows === 0) return { liked: false, likeCount: head.likeCount };
    await mustChange(execute(connection, count, [hotBaseOf(head.createdAt), -1, -1, postId]));
    const [told] = await read(findTold, [userId, 'post', postId, true]);
    if (told) {
      await execute(connection, unlink, [null, told.id]);
      if (told.actorCount > 1) throw new Error('Merged messages are not known here');
      await execute(connection, withdraw, [told.messageId]);
    }
    return { liked: false, likeCount: head.likeCount - 1 };
  });
}

const readerOn =
  (connection: Parameters<typeof execute>[0]): Read =>
  (sql, params) =>
    execute(connection, sql, params) as Promise<Row[]>;

async function viewGroup(read: Read, sql: string, userId: number, groupId: number): Promise<Row> {
  const [found] = await read(sql, [userId, groupId]);
  if (!found || (found.gVisibility !== 'public' && !found.mActive)) throw new Error('No such group');
  return found;
}

async function viewPost(read: Read, findPost: string, findGroup: string, userId: number, id: number) {
  const [head] = await read(findPost, [id]);
  if (head?.state !== 'visible') throw new Error('No such post');
  return { head, member: await viewGroup(read, findGroup, userId, head.groupId) };
}

/** Whether the author of a post may read of it and has not switched it off. */
async function isTold(
  read: Read,
  readers: string,
  settings: string,
  { groupId, authorId }: Row,
  type: string,
) {
  const [reader] = await read(readers, [groupId, true, authorId, 'moderator', 'admin']);
  const off = await read(settings, [authorId, false]);
  return reader !== undefined && !off.some((row) => row.type === type);
}

async function mustChange(done: Promise<{ affectedRows: number }>): Promise<void> {
  if ((await done).affectedRows !== 1) throw new Error('Gone meanwhile');
}

const toPost = (row: Row) => ({
  id: row.id,
  groupId: row.groupId,
  groupName: row.groupName,
  author: userRef(row.userId, row.nickname, row.avatar),
  checkInId: row.checkInId,
  title: row.title,
  excerpt: row.excerpt,
  images: JSON.parse(row.images ?? '[]') as unknown[],
  pinned: row.pinned === 1,
  excellent: row.excellent === 1,
  locked: row.locked === 1,
  commentCount: row.commentCount,
  likeCount: row.likeCount,
  liked: row.liked === 1,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
});

const toReply = (row: Row) => ({
  id: row.id,
  rootId: row.rootId,
  author: userRef(row.userId, row.nickname, row.avatar),
  replyTo: row.replyToUserId && userRef(row.replyToUserId, row.replyToNickname, row.replyToAvatar),
  body: row.body,
  html: htmlOf(row),
  deleted: false,
  likeCount: row.likeCount,
  liked: row.liked === 1,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
});

const htmlOf = ({ body, html, htmlVersion }: Row): string =>
  htmlVersion === MARKDOWN_VERSION ? html : renderMarkdown(body);
