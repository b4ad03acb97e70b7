import { computed, onScopeDispose, shallowRef, toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useShownRoute } from './shown-route';

const own = shallowRef<string>();

/** A page that is named after what it shows; until that is known its route's title stands. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => (own.value = toValue(title)));
  onScopeDispose(() => (own.value = undefined));
}

/** The name of the page, for the app bar and the window. */
export function usePageTitleText() {
  const { t } = useI18n();
  const { route } = useShownRoute();
  return computed(() => own.value ?? (route.value.meta.title ? t(route.value.meta.title) : 'HiGroup'));
}
