import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A choice within the page that is kept in its address, so that coming back finds it again. */
export function useQueryParam(name: string) {
  const route = useRoute();
  const router = useRouter();
  return computed<string | undefined>({
    get: () => (typeof route.query[name] === 'string' ? route.query[name] : undefined),
    set: (value) => void router.replace({ query: { ...route.query, [name]: value } }),
  });
}
