import type { Readable } from 'node:stream';
import { appError } from '../../../common/errors/app-error.js';

export interface StoredFile {
  stream: Readable;
  /** Bytes. */
  size: number;
}

/** Where the files of pictures are kept, each under a key. Every failure is STORAGE_UNAVAILABLE. */
export abstract class MediaStorage {
  /** Whole or not at all, also for whoever opens it at the same moment. */
  abstract put(key: string, bytes: Buffer, contentType: string): Promise<void>;
  /** Undefined when there is no such file. */
  abstract open(key: string): Promise<StoredFile | undefined>;
  /** What is gone already is no failure. */
  abstract delete(keys: readonly string[]): Promise<void>;
}

/** Keys are ours, and yet never trusted to lead anywhere else. */
export function assertKey(key: string): void {
  if (!/^[\w-]{8,60}\.webp$/.test(key)) throw new Error('Not a key of the storage');
}

export const storageUnavailable = (cause: unknown) => appError('STORAGE_UNAVAILABLE', { cause });
