import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { type ImageRef, MediaUrls, UploadService } from '../upload/index.js';
import { CheckInRepository, type CheckInRow } from './check-in.repository.js';
import type { GroupContext } from './group-context.js';

/** The pictures of check-ins and make-ups. One without costs nothing. */
@Injectable()
export class CheckInImages {
  constructor(
    private readonly checkIns: CheckInRepository,
    private readonly uploads: UploadService,
    private readonly urls: MediaUrls,
  ) {}

  /** Of a new check-in. */
  async attach(actor: Actor, groupId: number, id: number, imageIds: readonly number[]): Promise<ImageRef[]> {
    if (imageIds.length === 0) return [];
    const images = await this.uploads.attach(actor, imageIds, { type: 'checkIn', id, groupId });
    await this.checkIns.setImages(id, images);
    return images;
  }

  /** Of one that has been taken back. */
  async detach({ id, images }: Pick<CheckInRow, 'id' | 'images'>): Promise<void> {
    if (images !== null) await this.uploads.detach('checkIn', id);
  }

  /** As the actor sees them. */
  showing(actor: Actor, { group }: Pick<GroupContext, 'group'>) {
    return this.urls.showing(actor, group.visibility === 'private');
  }
}
