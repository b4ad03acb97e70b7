import { nextTick, onBeforeUnmount, toValue, watch, type MaybeRefOrGetter } from 'vue';

/** Puts the focus back to where it was before a dialog opened, which the kit does for activators of its own only. */
export function useFocusBack(isOpen: MaybeRefOrGetter<boolean>): void {
  let before: Element | null = null;

  async function giveBack(): Promise<void> {
    await nextTick();
    // Somebody else has moved it on.
    const present = document.activeElement;
    if (present && present !== document.body && !present.closest('.v-overlay-container')) return;
    const target = before?.isConnected ? before : document.querySelector('main');
    (target as HTMLElement | null)?.focus({ preventScroll: true });
  }

  watch(
    () => toValue(isOpen),
    async (opens, didOpen) => {
      if (!opens) return didOpen && giveBack();
      // The menu that has led here gives it back to its button first.
      await nextTick();
      before = document.activeElement;
    },
    { immediate: true },
  );
  onBeforeUnmount(() => toValue(isOpen) && void giveBack());
}
