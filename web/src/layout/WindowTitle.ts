import { defineComponent, watchEffect } from 'vue';
import { usePageTitleText } from '@/composables/page-title';
import { useUnread } from '@/live/unread';

/** The page's name, and how many messages wait, where tabs are listed. Draws nothing itself. */
export const WindowTitle = defineComponent(() => {
  const title = usePageTitleText();
  const { total: unread } = useUnread();
  watchEffect(() => {
    const name = title.value === 'HiGroup' ? 'HiGroup' : `${title.value} · HiGroup`;
    document.title = unread.value > 0 ? `(${unread.value}) ${name}` : name;
  });
  return () => null;
});
