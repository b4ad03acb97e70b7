import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { checkInNotFound } from './check-in.errors.js';
import { type CheckInCounter, type CheckInRow, CheckInRepository } from './check-in.repository.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext } from './group-context.js';

/** SQL: whether there is a valid check-in of that id; who may see its group is another question. */
export const READABLE_CHECK_IN = (id: string): string =>
  `exists (select 1 from check_ins rc where rc.id = ${id} and rc.state = 'valid')`;

export type CheckInTarget = Pick<CheckInRow, 'id' | 'groupId' | 'userId' | 'note' | 'likeCount'> & {
  context: GroupContext;
};

/** Check-ins as what others like and comment. */
@Injectable()
export class CheckInTargets {
  constructor(
    private readonly checkIns: CheckInRepository,
    private readonly access: GroupAccess,
  ) {}

  /**
   * A valid check-in of a group that the actor may see.
   * @param lock nobody else changes its counters until the transaction is over
   */
  async find(actor: Actor, id: number, { lock = false } = {}): Promise<CheckInTarget | undefined> {
    const row = await this.checkIns.findValid(id, lock);
    const context = row && (await this.access.find(actor, row.groupId));
    return context && { ...row, context };
  }

  /** @throws CHECK_IN_NOT_FOUND */
  async view(actor: Actor, id: number, options: { lock?: boolean } = {}): Promise<CheckInTarget> {
    const target = await this.find(actor, id, options);
    if (!target) throw checkInNotFound();
    return target;
  }

  /** False when it has been taken back meanwhile. */
  addLikes(id: number, delta: number): Promise<boolean> {
    return this.count(id, 'like_count', delta);
  }

  /** False when it has been taken back meanwhile. */
  addComments(id: number, delta: number): Promise<boolean> {
    return this.count(id, 'comment_count', delta);
  }

  private count(id: number, counter: CheckInCounter, delta: number): Promise<boolean> {
    return this.checkIns.addTo(counter, id, delta);
  }
}
