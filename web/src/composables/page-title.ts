import { computed, onScopeDispose, shallowRef, toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';

const own = shallowRef<string>();

/** A page that is named after what it shows; until that is known its route's title stands. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => (own.value = toValue(title)));
  onScopeDispose(() => (own.value = undefined));
}

/** The name of the page: in the app bar, and of the window. */
export function usePageTitleText() {
  const { t } = useI18n();
  const route = useRoute();
  const text = computed(() => own.value ?? (route.meta.title ? t(route.meta.title) : 'HiGroup'));
  watchEffect(() => (document.title = text.value === 'HiGroup' ? text.value : `${text.value} · HiGroup`));
  return text;
}
