import { ref } from 'vue';
import { messageOf } from '@/api/errors';

interface Notice {
  text: string;
  color: 'success' | 'error' | 'surface-variant';
  timeout: number;
  /** Named like a listener because the rest of a notice becomes attributes of its element. */
  onUndo?: () => unknown;
}

export const notices = ref<Notice[]>([]);

/** Short news at the edge of the window; read out by screen readers. */
export const notify = {
  done: (text: string) => void notices.value.push({ text, color: 'surface-variant', timeout: 4_000 }),
  /** Of what can be taken back for as long as the news stands there. */
  undoable: (text: string, onUndo: () => Promise<unknown>) =>
    void notices.value.push({
      text,
      color: 'surface-variant',
      timeout: 10_000,
      onUndo: () => onUndo().catch(notify.failed),
    }),
  failed: (error: unknown) =>
    void notices.value.push({ text: messageOf(error), color: 'error', timeout: 8_000 }),
};
