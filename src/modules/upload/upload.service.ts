import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { Clock } from '../../common/time/clock.js';
import type { ImageRef } from './image-ref.js';
import type { UploadTarget } from './upload.entity.js';
import { uploadNotFound } from './upload.errors.js';
import { type Target, UploadRepository } from './upload.repository.js';

@Injectable()
export class UploadService {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * In the caller's transaction: these pictures, and no others, now belong to the target; in the order of their ids.
   * They are unused ones of the actor's, or belong to the target already.
   * @throws UPLOAD_NOT_FOUND
   */
  async attach(actor: Actor, uploadIds: readonly number[], target: Target): Promise<ImageRef[]> {
    await this.uploads.release(target.type, target.id, this.clock.now(), uploadIds);
    if (uploadIds.length === 0) return [];
    await this.uploads.claim(actor.id, uploadIds, target);
    const images = new Map(
      (await this.uploads.listOfTarget(uploadIds, target)).map((image) => [image.id, image]),
    );
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
}
