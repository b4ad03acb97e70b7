import type { Content } from '@/composables/content-draft';

export interface QuestionContent extends Content {
  /** Undefined: not chosen yet. */
  categoryId: number | undefined;
}
