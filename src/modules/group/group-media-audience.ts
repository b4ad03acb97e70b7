import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MediaAudience, MediaAudiences } from '../upload/index.js';
import { GroupAccess } from './group-access.js';

/** Who sees a group sees its pictures. */
@Injectable()
export class GroupMediaAudience extends MediaAudience implements OnModuleInit {
  constructor(
    private readonly audiences: MediaAudiences,
    private readonly access: GroupAccess,
  ) {
    super();
  }

  onModuleInit(): void {
    this.audiences.register(this);
  }

  async maySee(userId: number | null, groupId: number): Promise<boolean> {
    if (userId === null) return this.access.isPublic(groupId);
    return (await this.access.readersOf(groupId, [userId])).has(userId);
  }
}
