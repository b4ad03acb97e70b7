import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MediaAudience, MediaAudiences, MediaTargets } from '../upload/index.js';
import { READABLE_CHECK_IN } from './check-in-targets.js';
import { GroupAccess } from './group-access.js';

/** Who sees a group sees its pictures. */
@Injectable()
export class GroupMediaAudience extends MediaAudience implements OnModuleInit {
  constructor(
    private readonly audiences: MediaAudiences,
    private readonly targets: MediaTargets,
    private readonly access: GroupAccess,
  ) {
    super();
  }

  onModuleInit(): void {
    this.audiences.register(this);
    this.targets.register('checkIn', READABLE_CHECK_IN);
  }

  async maySee(userId: number | null, groupId: number): Promise<boolean> {
    if (userId === null) return this.access.isPublic(groupId);
    return (await this.access.readersOf(groupId, [userId])).has(userId);
  }
}
