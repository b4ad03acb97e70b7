import { computed } from 'vue';
import { useRoute } from 'vue-router';

/** An id of the route as a number. The routes' patterns let digits through only (`:groupId(\\d+)`). */
export function useIdParam(name: string) {
  const route = useRoute();
  return computed(() => Number(route.params[name]));
}
