import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { FairQueue } from '../../common/concurrency/fair-queue.js';
import { AppConfig } from '../../common/config/app-config.js';
import { Database } from '../../common/database/database.js';
import type { FormFile } from '../../common/http/form-file.js';
import { Clock } from '../../common/time/clock.js';
import { ByteBudget } from './byte-budget.js';
import type { UploadDto } from './dto/upload.dto.js';
import { ImageProcessor, type Picture } from './image-processor.js';
import type { ImageRef } from './image-ref.js';
import { mediaFile, mediaFiles } from './media-path.js';
import { MediaUrls } from './media-urls.js';
import { MediaStorage } from './storage/media-storage.js';
import type { UploadTarget } from './upload.entity.js';
import { mediaNotFound, uploadNotFound, uploadQuota, uploadTooLarge } from './upload.errors.js';
import { type Target, UploadRepository, type UploadRow } from './upload.repository.js';

const MEGABYTE = 1_048_576;
/** What all uploads that are being received or wait for their turn hold in memory together. */
const MEMORY_BYTES = 128 * MEGABYTE;
const KEPT_UNUSED_MS = 24 * 3_600_000;
const BATCH = 100;

@Injectable()
export class UploadService {
  private readonly memory = new ByteBudget(MEMORY_BYTES);
  /** Those of a user beyond three at a time are not even read yet. */
  private readonly senders = new FairQueue<number>(3, 30);

  constructor(
    private readonly db: Database,
    private readonly uploads: UploadRepository,
    private readonly images: ImageProcessor,
    private readonly storage: MediaStorage,
    private readonly urls: MediaUrls,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async uploadImage(actor: Actor, file: Pick<FormFile, 'read'>): Promise<UploadDto> {
    const { maxMegabytes } = this.config.upload;
    const picture = await this.senders.run(actor.id, () =>
      this.memory.lend(async (take) =>
        this.images.process(
          await file.read(maxMegabytes * MEGABYTE, () => uploadTooLarge(maxMegabytes), take),
        ),
      ),
    );
    // The row comes first: of what is interrupted from here on, the job that removes the unused knows.
    const row = await this.db.transaction(() => this.register(actor, picture));
    try {
      await this.store(row.name, picture);
    } catch (error) {
      if (await this.uploads.claimForRemoval(row.id)) await this.discard(row).catch(() => undefined);
      throw error;
    }
    return this.toDto(row, actor);
  }

  async listMyUploads(actor: Actor, query: PageQueryDto): Promise<Page<UploadDto>> {
    const [before] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const rows = await this.uploads.listOfUser(actor.id, query.limit + 1, before);
    const page = toPage(rows, query.limit, ({ id }) => encodeCursor([id]));
    return { ...page, items: page.items.map((row) => this.toDto(row, actor)) };
  }

  async deleteUpload(actor: Actor, id: number): Promise<void> {
    const row = await this.uploads.findOfUser(actor.id, id);
    if (!row || !(await this.uploads.claimForRemoval(id))) throw mediaNotFound();
    await this.discard(row);
  }

  /** What has been unused for 24 hours. */
  async removeUnused(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_UNUSED_MS);
    for (let afterId = 0, rows: UploadRow[] = []; ; afterId = rows.at(-1)!.id) {
      rows = await this.uploads.listUnused(before, afterId, BATCH);
      for (const row of rows) {
        // One that is claimed already was left half removed.
        if (row.targetType === 'removed' || (await this.uploads.claimForRemoval(row.id)))
          await this.discard(row);
      }
      if (rows.length < BATCH) return;
    }
  }

  /**
   * In the caller's transaction: these pictures, and no others, now belong to the target; in the order of their ids.
   * They are unused ones of the actor's, or belong to the target already.
   * @throws UPLOAD_NOT_FOUND
   */
  async attach(actor: Actor, uploadIds: readonly number[], target: Target): Promise<ImageRef[]> {
    await this.uploads.release(target.type, target.id, this.clock.now(), uploadIds);
    if (uploadIds.length === 0) return [];
    await this.uploads.claim(actor.id, uploadIds, target);
    const attached = await this.uploads.listOfTarget(uploadIds, target);
    const images = new Map(attached.map((image) => [image.id, image]));
    return uploadIds.map((id) => {
      const image = images.get(id);
      if (!image) throw uploadNotFound();
      return image;
    });
  }

  /** The target is gone for good. */
  detach(type: UploadTarget, id: number): Promise<void> {
    return this.uploads.release(type, id, this.clock.now());
  }

  /**
   * Uploads of the actor's, whatever they belong to.
   * @throws UPLOAD_NOT_FOUND
   */
  async listOwn(actor: Actor, uploadIds: readonly number[]): Promise<ImageRef[]> {
    if (uploadIds.length === 0) return [];
    const images = await this.uploads.listOfUserByIds(actor.id, uploadIds);
    if (images.length < uploadIds.length) throw uploadNotFound();
    return images;
  }

  private async register(actor: Actor, { width, height, files }: Picture) {
    const { quotaMegabytes } = this.config.upload;
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    if (!(await this.uploads.useQuota(actor.id, kilobytesOf(bytes), quotaMegabytes * 1_024))) {
      throw uploadQuota(quotaMegabytes);
    }
    const name = randomBytes(18).toString('base64url');
    const upload = { userId: actor.id, name, width, height, bytes };
    const id = await this.uploads.insert({
      ...upload,
      contentType: 'image/webp',
      createdAt: this.clock.now(),
    });
    return { ...upload, id, targetType: null };
  }

  private async store(name: string, { files }: Picture): Promise<void> {
    const puts = [...files].map(([size, bytes]) =>
      this.storage.put(mediaFile(name, size), bytes, 'image/webp'),
    );
    // All of them, so that none comes in after a clean-up.
    const failed = (await Promise.allSettled(puts)).find((put) => put.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Of an upload claimed for removal: files first, as without the row nobody would know of them. */
  private async discard({
    id,
    userId,
    name,
    bytes,
  }: Omit<UploadRow, 'targetType' | 'groupId'>): Promise<void> {
    await this.storage.delete(mediaFiles(name));
    await this.db.transaction(async () => {
      if (await this.uploads.delete(id)) await this.uploads.giveQuotaBack(userId, kilobytesOf(bytes));
    });
  }

  /** Its owner sees it whatever it belongs to, as long as the address is signed. */
  private toDto(row: Omit<UploadRow, 'userId' | 'groupId'>, actor: Actor): UploadDto {
    return {
      ...this.urls.toImageDto(row, actor, true),
      bytes: row.bytes,
      used: row.targetType !== null,
    };
  }
}

const kilobytesOf = (bytes: number) => Math.ceil(bytes / 1_024);
