import { onScopeDispose, reactive, ref } from 'vue';
import type { Api } from '@/api/client';
import { hasStatus, messageOf } from '@/api/errors';
import { uploadImage } from '@/api/upload';
import { t } from '@/i18n';
import { IMAGE_TYPES, MAX_BYTES, shrinkImage } from './shrink-image';

/** A picture that is being sent, or could not be. */
export interface Sending {
  key: number;
  file: File;
  /** Shows it before the server does. */
  url: string;
  /** 0 to 1 */
  progress: number;
  error: string | undefined;
  /** Another try could help. */
  mayRetry: boolean;
  abort: AbortController;
}

/** The server works on two at a time. */
const AT_ONCE = 2;
let lastKey = 0;

/**
 * Sends pictures, two at a time.
 * @param done called with each one that has arrived; `key` grows in the order in which they were added
 */
export function useImageUploads(done: (image: Api['UploadDto'], key: number) => void) {
  const list = ref<Sending[]>([]);
  const waiting: Sending[] = [];
  let running = 0;

  function add(files: readonly File[]): void {
    for (const file of files) {
      const item = reactive<Sending>({
        key: ++lastKey,
        file,
        url: URL.createObjectURL(file),
        progress: 0,
        error: undefined,
        mayRetry: true,
        abort: new AbortController(),
      });
      list.value.push(item);
      waiting.push(item);
    }
    next();
  }

  function next(): void {
    while (running < AT_ONCE) {
      const item = waiting.shift();
      if (!item) return;
      running++;
      void sendOne(item).finally(() => {
        running--;
        next();
      });
    }
  }

  async function sendOne(item: Sending): Promise<void> {
    try {
      const image = await prepareAndSend(item);
      remove(item);
      done(image, item.key);
    } catch (error) {
      if (item.abort.signal.aborted) return;
      item.error = error instanceof Unreadable ? error.message : messageOf(error);
      item.mayRetry = !(error instanceof Unreadable || hasStatus(error, 400, 413, 415));
    }
  }

  /** Calls it off, or takes the one that failed out of the list. */
  function remove(item: Sending): void {
    item.abort.abort();
    URL.revokeObjectURL(item.url);
    for (const items of [list.value, waiting]) {
      const index = items.findIndex(({ key }) => key === item.key);
      if (index >= 0) items.splice(index, 1);
    }
  }

  function retry(item: Sending): void {
    item.error = undefined;
    item.progress = 0;
    waiting.push(item);
    next();
  }

  onScopeDispose(() => [...list.value].forEach(remove));
  return { list, add, remove, retry };
}

class Unreadable extends Error {}

async function prepareAndSend(item: Sending): Promise<Api['UploadDto']> {
  const { file, abort } = item;
  const send = (blob: Blob) =>
    uploadImage(blob, file.name, { signal: abort.signal, onProgress: (share) => (item.progress = share) });
  if (!IMAGE_TYPES.includes(file.type) || file.size > MAX_BYTES) return send(await shrunk(file));
  try {
    return await send(file);
  } catch (error) {
    // The limits may be configured lower, and pixels are not counted here.
    if (hasStatus(error, 413)) return send(await shrunk(file));
    throw error;
  }
}

async function shrunk(file: File): Promise<Blob> {
  const smaller = file.type.startsWith('image/') ? await shrinkImage(file) : undefined;
  if (!smaller) throw new Unreadable(t('pictures.unreadable'));
  return smaller;
}
