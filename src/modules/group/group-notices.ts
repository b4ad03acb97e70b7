import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { Notice, type ObjectRef } from '../../common/events/notice.js';
import type { GroupRow } from './group-context.js';
import { MembershipRepository } from './membership.repository.js';

/** What becomes of a person's place in a group. */
export type RoleChange = 'promoted' | 'demoted' | 'owner' | 'removed';

/** Tells people of applications and roles, in the transaction of the act. */
@Injectable()
export class GroupNotices {
  constructor(
    private readonly events: DomainEvents,
    private readonly members: MembershipRepository,
  ) {}

  /** To owner and admins. */
  async applied(actor: Actor, group: GroupRow, applicationId: number, reason: string): Promise<void> {
    const userIds = await this.members.listRunners(group.id);
    await this.publish(actor, group, {
      receivers: [{ type: 'application', userIds }],
      target: { type: 'application', id: applicationId },
      excerpt: reason,
    });
  }

  /** To the applicant, with the message that came with the decision. */
  decided(
    actor: Actor,
    group: GroupRow,
    application: { id: number; userId: number },
    decision: { state: 'approved' | 'refused'; message: string | null },
  ): Promise<void> {
    return this.publish(actor, group, {
      receivers: [{ type: 'decision', userIds: [application.userId] }],
      target: { type: 'application', id: application.id },
      detail: decision.state,
      excerpt: decision.message ?? '',
    });
  }

  /** To members who have not checked in; from nobody. */
  remind(group: GroupRow, userIds: readonly number[]): Promise<void> {
    return this.publish(null, group, {
      receivers: [{ type: 'reminder', userIds }],
      target: { type: 'group', id: group.id },
    });
  }

  /** To the one whose role it is. */
  roleChanged(
    actor: Actor,
    group: GroupRow,
    userId: number,
    change: RoleChange,
    reason?: string,
  ): Promise<void> {
    return this.publish(actor, group, {
      receivers: [{ type: 'role', userIds: [userId] }],
      target: { type: 'group', id: group.id },
      detail: change,
      excerpt: reason,
    });
  }

  private publish(
    actor: Actor | null,
    group: GroupRow,
    parts: Pick<Notice, 'receivers'> & { target: ObjectRef; detail?: string; excerpt?: string },
  ): Promise<void> {
    return this.events.publish(
      new Notice({
        ...parts,
        actorId: actor?.id ?? null,
        place: { type: 'group', id: group.id },
        groupId: group.id,
        title: group.name,
      }),
    );
  }
}
