import { ref } from 'vue';
import { messageOf } from '@/api/errors';

interface Notice {
  text: string;
  color: 'success' | 'error' | 'surface-variant';
  timeout: number;
}

export const notices = ref<Notice[]>([]);

/** Short news at the edge of the window; read out by screen readers. */
export const notify = {
  done: (text: string) => void notices.value.push({ text, color: 'surface-variant', timeout: 4_000 }),
  failed: (error: unknown) =>
    void notices.value.push({ text: messageOf(error), color: 'error', timeout: 8_000 }),
};
