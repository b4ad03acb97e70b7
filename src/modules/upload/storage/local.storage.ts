import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertKey, MediaStorage, storageUnavailable, type StoredFile } from './media-storage.js';

/** A folder, divided by the first two characters of the keys so that none gets too long to list. */
export class LocalStorage extends MediaStorage {
  constructor(private readonly root: string) {
    super();
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    const path = this.pathOf(key);
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, bytes, { flag: 'wx', flush: true });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw storageUnavailable(error);
    }
  }

  async open(key: string): Promise<StoredFile | undefined> {
    try {
      const file = await open(this.pathOf(key), 'r');
      const { size } = await file.stat();
      return { stream: file.createReadStream(), size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw storageUnavailable(error);
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    try {
      await Promise.all(keys.map((key) => rm(this.pathOf(key), { force: true })));
    } catch (error) {
      throw storageUnavailable(error);
    }
  }

  private pathOf(key: string): string {
    assertKey(key);
    return join(this.root, key.slice(0, 2), key);
  }
}
