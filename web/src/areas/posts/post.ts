import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { http, unwrap } from '@/api/client';
import { useGroupRights } from '@/composables/group-rights';
import { useSession } from '@/session/session';

/** In characters as people count them. */
export const TITLE_MAX = 120;

export const fetchPost = (postId: number) =>
  unwrap(http.GET('/api/v1/posts/{postId}', { params: { path: { postId } } }));

/** A post and what I may do with it. */
export function usePost(postId: MaybeRefOrGetter<number>) {
  const { me } = useSession();
  const query = useQuery({
    queryKey: computed(() => ['post', toValue(postId)]),
    queryFn: () => fetchPost(toValue(postId)),
  });
  const post = query.data;
  const rights = useGroupRights(() => post.value?.groupId);
  const isOwn = computed(() => post.value !== undefined && post.value.author.id === me.value?.id);
  return {
    query,
    post,
    isOwn,
    rights,
    mayEdit: computed(
      () => isOwn.value && rights.mayWrite.value && (!post.value!.locked || rights.mayModerate.value),
    ),
    mayDelete: computed(() => isOwn.value || rights.mayModerate.value),
  };
}
