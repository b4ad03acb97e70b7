import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { http, unwrap } from '@/api/client';

/** What questions are sorted by, in the language that is shown. */
export function useQuestionCategories() {
  const { locale } = useI18n();
  const query = useQuery({
    queryKey: ['question-categories', locale],
    queryFn: () => unwrap(http.GET('/api/v1/question-categories')),
    staleTime: Infinity,
  });
  const categories = computed(() => query.data.value ?? []);
  return {
    categories,
    nameOf: (id: number) => categories.value.find((category) => category.id === id)?.name,
  };
}
