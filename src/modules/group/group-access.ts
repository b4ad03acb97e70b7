import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { actorCan, ROLE_SCOPES, ROLES } from '../../common/auth/role.js';
import { Clock } from '../../common/time/clock.js';
import type { GroupContext, MembershipRow } from './group-context.js';
import { groupNotFound, muted, noPermission, notMember } from './group.errors.js';
import { GroupRepository } from './group.repository.js';
import { isMuted } from './member.mapper.js';
import type { GroupRole } from './membership.entity.js';

export type GroupAction =
  | 'editTexts'
  | 'editSettings'
  | 'dissolve'
  | 'handOver'
  | 'assignRole'
  | 'moderateMembers'
  | 'decideApplications'
  | 'manageInvites'
  | 'moderateContent';

/** Who may do what to a group; the site's moderators may do all of it. */
const MAY: Record<GroupAction, readonly GroupRole[]> = {
  editTexts: ['owner', 'admin'],
  editSettings: ['owner'],
  dissolve: ['owner'],
  handOver: ['owner'],
  assignRole: ['owner'],
  moderateMembers: ['owner', 'admin'],
  decideApplications: ['owner', 'admin'],
  manageInvites: ['owner', 'admin'],
  moderateContent: ['owner', 'admin'],
};

/** Roles whose holders see every group. */
const SEE_ALL = ROLES.filter((role) => ROLE_SCOPES[role].has('group:moderate'));

export type MemberContext = GroupContext & { membership: MembershipRow };

/** The one place that decides who sees a group and who may act on it. */
@Injectable()
export class GroupAccess {
  constructor(
    private readonly groups: GroupRepository,
    private readonly clock: Clock,
  ) {}

  /** The group, if the actor may know of it. */
  async find(actor: Actor, groupId: number): Promise<GroupContext | undefined> {
    const context = await this.groups.findContext(groupId, actor.id);
    return context && maySee(actor, context) ? context : undefined;
  }

  /** The group, if the actor may know of it; else GROUP_NOT_FOUND, as if there were none. */
  async view(actor: Actor, groupId: number): Promise<GroupContext> {
    const context = await this.find(actor, groupId);
    if (!context) throw groupNotFound();
    return context;
  }

  async asMember(actor: Actor, groupId: number): Promise<MemberContext> {
    return memberOf(await this.view(actor, groupId));
  }

  /** For writing what others will read: a member who is not muted. */
  async asWriter(actor: Actor, groupId: number): Promise<MemberContext> {
    return this.writerOf(await this.view(actor, groupId));
  }

  /** The same for a group that has been read. @throws NOT_MEMBER, MUTED */
  writerOf(context: GroupContext): MemberContext {
    const writer = memberOf(context);
    if (isMuted(writer.membership, this.clock.now())) throw muted();
    return writer;
  }

  /** Whether everybody may see the group. */
  isPublic(groupId: number): Promise<boolean> {
    return this.groups.isPublic(groupId);
  }

  /** Of all groups the actor belongs to. */
  idsOfMember(actor: Actor): Promise<number[]> {
    return this.groups.listIdsOfMember(actor.id);
  }

  /** Those of `userIds` who may see the group. */
  readersOf(groupId: number, userIds: readonly number[]): Promise<Set<number>> {
    return this.groups.findReaders(groupId, userIds, SEE_ALL);
  }

  async require(actor: Actor, groupId: number, action: GroupAction): Promise<GroupContext> {
    const context = await this.view(actor, groupId);
    if (!mayDo(actor, context, action)) throw noPermission();
    return context;
  }
}

function memberOf(context: GroupContext): MemberContext {
  if (!context.membership?.active) throw notMember();
  return context as MemberContext;
}

/** The visibility rule; lists of groups show public ones only, or those of a member. */
export function maySee(actor: Actor, { group, membership }: GroupContext): boolean {
  return group.visibility === 'public' || Boolean(membership?.active) || actorCan(actor, 'group:moderate');
}

export function mayDo(actor: Actor, { membership }: GroupContext, action: GroupAction): boolean {
  return (membership?.active && MAY[action].includes(membership.role)) || actorCan(actor, 'group:moderate');
}
