import { shallowRef, type Ref } from 'vue';
import type { Api } from '@/api/client';
import { dropDraft, useDraft } from './draft';

/** What posts and questions are made of. Replaced as a whole with each change, so that a draft sees it. */
export interface Content {
  title: string;
  body: string;
  images: Api['ImageDto'][];
}

const isEmpty = ({ title, body, images }: Content) =>
  title.trim() === '' && body.trim() === '' && images.length === 0;

/**
 * A post or a question while it is written, kept under `key` until `sent`.
 * @param original with all else that is chosen beside the text, and the version it is built on: who comes back to a
 *   draft that has become old is told so when saving, as if he had never left
 */
export function useContentDraft<C extends Content>(key: string, original: C) {
  const content: Ref<C> = shallowRef(original);
  return { content, draft: useDraft(key, content, isEmpty), sent: () => dropDraft(key) };
}
