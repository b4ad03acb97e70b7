import { Injectable } from '@nestjs/common';
import { GroupRepository } from './group.repository.js';

/** Counters of a group whose rows are another module's; to be changed in the transaction of the change. */
@Injectable()
export class GroupCounters {
  constructor(private readonly groups: GroupRepository) {}

  /** Visible posts have come or gone. Locks the group's row: do it before the post's is touched. */
  addPosts(groupId: number, delta: number): Promise<void> {
    return this.groups.addPosts(groupId, delta);
  }
}
