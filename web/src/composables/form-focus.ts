import { getCurrentInstance, nextTick, onBeforeUnmount } from 'vue';

/**
 * For a form that opens within a text and takes the focus: gives it back when it closes, to what opened it or, where
 * that is gone, to the text. Without this a keyboard would begin at the top of the page again.
 */
export function useFormFocus(): void {
  const { proxy } = getCurrentInstance()!;
  const opener = document.activeElement as HTMLElement | null;
  onBeforeUnmount(() => {
    const form = proxy!.$el as HTMLElement;
    if (!form.contains(document.activeElement)) return;
    const text = form.closest<HTMLElement>('article');
    void nextTick(() => {
      if (opener?.isConnected && opener !== document.body) return opener.focus({ preventScroll: true });
      if (!text) return;
      text.tabIndex = -1;
      text.focus({ preventScroll: true });
    });
  });
}
