import { http, unwrap, type Api } from '@/api/client';
import { queryClient } from '@/api/query-client';
import { patchPages } from './cached-pages';

type Post = Api['PostDto'];

/** Keys: `['posts', …]` of lists, `['post', id]` of one. Changes what is cached of it, wherever it is listed. */
export function patchPost(id: number, change: (post: Post) => Partial<Post>): void {
  patchPages<Post>(['posts'], (items) =>
    items.map((post) => (post.id === id ? { ...post, ...change(post) } : post)),
  );
  queryClient.setQueryData<Api['PostDetailDto']>(
    ['post', id],
    (post) => post && { ...post, ...change(post) },
  );
}

/** Marks the lists as old that posts stand in. */
export function refreshPostLists(): void {
  void queryClient.invalidateQueries({ queryKey: ['posts'] });
  void queryClient.invalidateQueries({ queryKey: ['user'] });
}

export async function likePost(id: number, liked: boolean): Promise<Api['LikeStateDto']> {
  const params = { params: { path: { postId: id } } };
  const state = await unwrap(
    liked
      ? http.PUT('/api/v1/posts/{postId}/like', params)
      : http.DELETE('/api/v1/posts/{postId}/like', params),
  );
  patchPost(id, () => state);
  return state;
}
