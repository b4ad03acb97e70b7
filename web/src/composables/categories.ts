import {
  mdiAlarm,
  mdiBookOpenPageVariantOutline,
  mdiDumbbell,
  mdiFeather,
  mdiHeartPulse,
  mdiMusicNoteOutline,
  mdiRunFast,
  mdiSchoolOutline,
  mdiShapeOutline,
  mdiTranslate,
} from '@mdi/js';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { http, unwrap } from '@/api/client';

/** Categories are data; one that is not known here has the general icon. */
const ICONS: Record<string, string> = {
  reading: mdiBookOpenPageVariantOutline,
  fitness: mdiDumbbell,
  running: mdiRunFast,
  languages: mdiTranslate,
  study: mdiSchoolOutline,
  'early-rising': mdiAlarm,
  writing: mdiFeather,
  music: mdiMusicNoteOutline,
  health: mdiHeartPulse,
};

/** What groups are about, named in the person's language. */
export function useGroupCategories() {
  const { locale } = useI18n();
  const query = useQuery({
    queryKey: computed(() => ['group-categories', locale.value]),
    queryFn: () => unwrap(http.GET('/api/v1/group-categories')),
    staleTime: 3_600_000,
  });
  const categories = computed(
    () => query.data.value?.map((one) => ({ ...one, icon: ICONS[one.slug] ?? mdiShapeOutline })) ?? [],
  );
  return {
    categories,
    /** undefined until they are known */
    find: (id: number) => categories.value.find((one) => one.id === id),
  };
}
