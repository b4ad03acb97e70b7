import { toValue, type MaybeRefOrGetter } from 'vue';
import { http, unwrap, type Api } from '@/api/client';
import { usePages } from '@/api/pages';
import { hasStatus } from '@/api/errors';
import { patchPages } from './cached-pages';

export type Comment = Api['CommentDto'];
export type Reply = Api['CommentReplyDto'];
export interface CommentTarget {
  type: 'post' | 'checkIn';
  id: number;
}

const listKey = ({ type, id }: CommentTarget) => ['comments', type, id];
const repliesKey = (rootId: number) => ['replies', rootId];

const getComment = (commentId: number): Promise<Comment> =>
  unwrap(http.GET('/api/v1/comments/{commentId}', { params: { path: { commentId } } }));

/** The comments of a post or check-in. What is written is put into the cached lists at once. */
export function useComments(target: MaybeRefOrGetter<CommentTarget>, sort: MaybeRefOrGetter<'old' | 'new'>) {
  /** Stands before the others, also when they are fetched anew, unless it is among the first anyway. */
  let first: number | undefined;
  const pages = usePages<Comment>(
    () => [...listKey(toValue(target)), toValue(sort)],
    async (cursor) => {
      const { type, id } = toValue(target);
      const query = { cursor, sort: toValue(sort) };
      const page = await (type === 'post'
        ? unwrap(http.GET('/api/v1/posts/{postId}/comments', { params: { path: { postId: id }, query } }))
        : unwrap(
            http.GET('/api/v1/check-ins/{checkInId}/comments', {
              params: { path: { checkInId: id }, query },
            }),
          ));
      if (first === undefined) return page;
      if (cursor !== undefined) return { ...page, items: page.items.filter((one) => one.id !== first) };
      if (page.items.some((one) => one.id === first)) return page;
      return { ...page, items: [...(await findComment(first)), ...page.items] };
    },
  );
  const patch = (change: (items: Comment[], page: number, pages: number) => Comment[]) =>
    patchPages<Comment>(listKey(toValue(target)), change);
  const patchRoot = (rootId: number, change: (root: Comment) => Comment) =>
    patch((items) => items.map((comment) => (comment.id === rootId ? change(comment) : comment)));

  /** Changes a comment or reply in every list that shows it. */
  function patchOne(written: Reply, change: (one: Reply) => Reply): void {
    const { id, rootId } = written;
    const map = (replies: Reply[]) => replies.map((reply) => (reply.id === id ? change(reply) : reply));
    if (rootId === null) return patchRoot(id, (root) => ({ ...root, ...change(root) }));
    patchRoot(rootId, (root) => ({ ...root, replies: map(root.replies) }));
    patchPages<Reply>(repliesKey(rootId), map);
  }

  return {
    pages,

    /**
     * Puts a comment, or the one that a reply belongs to, before those that are loaded, if it is not among them.
     * @returns the id of that comment
     * @throws ApiError COMMENT_NOT_FOUND
     */
    async fetch(id: number): Promise<number> {
      const wanted = await getComment(id);
      const root = wanted.rootId === null ? wanted : await getComment(wanted.rootId);
      if (!pages.items.value.some((comment) => comment.id === root.id)) {
        first = root.id;
        patch((items, page) => (page === 0 ? [root, ...items] : items));
      }
      return root.id;
    },

    async write(body: string, key: string): Promise<Comment> {
      const { type, id } = toValue(target);
      const header = { 'Idempotency-Key': key };
      const comment = await unwrap(
        type === 'post'
          ? http.POST('/api/v1/posts/{postId}/comments', {
              params: { path: { postId: id }, header },
              body: { body },
            })
          : http.POST('/api/v1/check-ins/{checkInId}/comments', {
              params: { path: { checkInId: id }, header },
              body: { body },
            }),
      );
      const ofTarget = listKey(toValue(target));
      patchPages<Comment>([...ofTarget, 'new'], (items, page) => (page === 0 ? [comment, ...items] : items));
      patchPages<Comment>([...ofTarget, 'old'], (items, page, count) =>
        page === count - 1 ? [...items, comment] : items,
      );
      return comment;
    },

    /** @param to the comment or reply that is answered */
    async reply(to: Reply, body: string, key: string): Promise<Comment> {
      const reply = await unwrap(
        http.POST('/api/v1/comments/{commentId}/replies', {
          params: { path: { commentId: to.id }, header: { 'Idempotency-Key': key } },
          body: { body },
        }),
      );
      const rootId = to.rootId ?? to.id;
      patchRoot(rootId, (root) => ({
        ...root,
        replyCount: root.replyCount + 1,
        replies: [...root.replies, reply],
      }));
      patchPages<Reply>(repliesKey(rootId), (items, page, count) =>
        page === count - 1 ? [...items, reply] : items,
      );
      return reply;
    },

    async edit(written: Reply, body: string): Promise<void> {
      const edited = await unwrap(
        http.PATCH('/api/v1/comments/{commentId}', {
          params: { path: { commentId: written.id } },
          body: { body },
        }),
      );
      const { html, editedAt } = edited;
      patchOne(written, (one) => ({ ...one, body: edited.body, html, editedAt }));
    },

    /** @param reason of a moderator */
    async remove(written: Reply, reason?: string): Promise<void> {
      const { id, rootId } = written;
      await unwrap(
        http.DELETE('/api/v1/comments/{commentId}', {
          params: { path: { commentId: id }, query: { reason: reason || undefined } },
        }),
      );
      const without = <T extends Reply>(items: T[]) => items.filter((one) => one.id !== id);
      if (rootId !== null) {
        patchRoot(rootId, (root) => ({
          ...root,
          replyCount: root.replyCount - 1,
          replies: without(root.replies),
        }));
        patchPages<Reply>(repliesKey(rootId), without);
        // The last reply takes with it what is left of a deleted comment.
        patch((items) =>
          items.filter((root) => !(root.id === rootId && root.deleted && root.replyCount === 0)),
        );
      } else {
        const left = { deleted: true, author: null, body: '', html: '' };
        patch((items) =>
          items.flatMap((root) =>
            root.id !== id ? [root] : root.replyCount > 0 ? [{ ...root, ...left }] : [],
          ),
        );
      }
    },

    async like(written: Reply, liked: boolean): Promise<Api['LikeStateDto']> {
      const params = { params: { path: { commentId: written.id } } };
      const state = await unwrap(
        liked
          ? http.PUT('/api/v1/comments/{commentId}/like', params)
          : http.DELETE('/api/v1/comments/{commentId}/like', params),
      );
      patchOne(written, (one) => ({ ...one, ...state }));
      return state;
    },
  };
}

export type Comments = ReturnType<typeof useComments>;

/** None if it has gone meanwhile. */
const findComment = (id: number): Promise<Comment[]> =>
  getComment(id).then(
    (comment) => [comment],
    (error: unknown) => {
      if (hasStatus(error, 404)) return [];
      throw error;
    },
  );

/** All replies to a comment, the oldest first. */
export function useReplies(rootId: MaybeRefOrGetter<number>, enabled: MaybeRefOrGetter<boolean>) {
  return usePages<Reply>(
    () => repliesKey(toValue(rootId)),
    (cursor) =>
      unwrap(
        http.GET('/api/v1/comments/{commentId}/replies', {
          params: { path: { commentId: toValue(rootId) }, query: { cursor, limit: 50 } },
        }),
      ),
    { enabled },
  );
}
