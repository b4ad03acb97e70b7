import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * The page that is shown. While it is still being found out who is there, the page that was asked for (`isComing`): what
 * stands around it can be there already.
 */
export function useShownRoute() {
  const route = useRoute();
  const asked = useRouter().resolve(location.pathname + location.search);
  const isComing = computed(() => route.matched.length === 0);
  return { route: computed(() => (isComing.value ? asked : route)), isComing };
}
