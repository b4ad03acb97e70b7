import { onScopeDispose, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave } from 'vue-router';
import { confirm } from '@/layout/confirm';
import { useSession } from '@/session/session';

/** Asks before a page with input that was not sent is left. */
export function useUnsaved(isDirty: MaybeRefOrGetter<boolean>): void {
  const { t } = useI18n();
  const { isSignedIn } = useSession();
  onBeforeRouteLeave(async () => {
    // Nothing of a person stays on the screen once he has left, in this tab or another.
    if (!toValue(isDirty) || !isSignedIn.value) return true;
    const answer = await confirm({
      title: t('common.unsaved.title'),
      text: t('common.unsaved.text'),
      action: t('common.unsaved.leave'),
      destructive: true,
    });
    return answer !== undefined;
  });

  const warn = (event: BeforeUnloadEvent) => {
    if (toValue(isDirty)) event.preventDefault();
  };
  addEventListener('beforeunload', warn);
  onScopeDispose(() => removeEventListener('beforeunload', warn));
}
