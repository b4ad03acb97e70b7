import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { actorCan } from '../../common/auth/role.js';
import { Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { say } from '../../common/validation/say.js';
import { appError } from '../../common/errors/app-error.js';
import { Clock } from '../../common/time/clock.js';
import { normaliseKey } from '../../common/validation/normalise-key.js';
import { UserService } from '../user/index.js';
import { ApplicationRepository } from './application.repository.js';
import { BanRepository } from './ban.repository.js';
import type { BanDto } from './dto/ban.dto.js';
import type { HandOverDto } from './dto/hand-over.dto.js';
import type { JoinGroupDto } from './dto/join-group.dto.js';
import type { JoinResultDto } from './dto/join-result.dto.js';
import type { ListMembersQueryDto } from './dto/list-members-query.dto.js';
import type { MemberDto } from './dto/member.dto.js';
import type { RemoveMemberQueryDto } from './dto/remove-member-query.dto.js';
import type { UpdateMemberDto } from './dto/update-member.dto.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext, GroupRow, MembershipRow } from './group-context.js';
import { GroupNotices } from './group-notices.js';
import {
  alreadyMember,
  applicationPending,
  banned,
  cannotActOnMember,
  groupClosed,
  inviteOnly,
  memberNotFound,
  ownerCannotLeave,
  reasonRequired,
} from './group.errors.js';
import { GroupRepository } from './group.repository.js';
import { toBanDto, toMemberDto } from './member.mapper.js';
import { MembershipRepository } from './membership.repository.js';
import { MembershipService } from './membership.service.js';

@Injectable()
export class MemberService {
  constructor(
    private readonly db: Database,
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly members: MembershipRepository,
    private readonly membership: MembershipService,
    private readonly applications: ApplicationRepository,
    private readonly bans: BanRepository,
    private readonly users: UserService,
    private readonly notices: GroupNotices,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async joinGroup(actor: Actor, groupId: number, dto: JoinGroupDto): Promise<JoinResultDto> {
    return this.db.transaction(async () => {
      const context = await this.access.view(actor, groupId);
      if (context.membership?.active) throw alreadyMember();
      if (context.group.joinPolicy === 'closed') throw groupClosed();
      if (context.group.joinPolicy === 'invite') throw inviteOnly();
      if (context.group.joinPolicy === 'approval') return this.apply(actor, context.group, dto.reason);
      await this.membership.enter(context, actor.id);
      return { status: 'active', groupId, applicationId: null };
    });
  }

  private async apply(actor: Actor, group: GroupRow, reason: string | undefined): Promise<JoinResultDto> {
    const now = this.clock.now();
    const groupId = group.id;
    if (await this.bans.find(groupId, actor.id, now)) throw banned();
    if (reason === undefined) throw reasonRequired();
    const applicationId = await this.applications.insert(groupId, actor.id, reason, now);
    if (applicationId === undefined) throw applicationPending();
    await this.notices.applied(actor, group, applicationId, reason);
    return { status: 'pending', groupId, applicationId };
  }

  async leaveGroup(actor: Actor, groupId: number): Promise<void> {
    await this.db.transaction(async () => {
      const context = await this.access.asMember(actor, groupId);
      if (context.membership.role === 'owner') throw ownerCannotLeave();
      await this.membership.leave(context, actor.id);
    });
  }

  async listMembers(actor: Actor, groupId: number, query: ListMembersQueryDto): Promise<Page<MemberDto>> {
    const [afterId] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const { rules } = await this.access.view(actor, groupId);
    const rows = await this.members.list(groupId, {
      nicknameKey: query.q === undefined ? undefined : normaliseKey(query.q),
      afterId,
      limit: query.limit + 1,
    });
    const now = this.clock.now();
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map((row) => toMemberDto(row, rules, now)) };
  }

  /** Role (the owner) and mute (owner and admins); both at once, or neither. */
  async updateMember(
    actor: Actor,
    groupId: number,
    userId: number,
    dto: UpdateMemberDto,
  ): Promise<MemberDto> {
    return this.db.transaction(async () => {
      const context = await this.access.require(actor, groupId, 'moderateMembers');
      if (dto.role !== undefined) await this.access.require(actor, groupId, 'assignRole');
      const member = await this.assertMayActOn(actor, context, userId);
      const mute =
        dto.mutedUntil === undefined
          ? {}
          : {
              mutedUntil: dto.mutedUntil === null ? null : new Date(dto.mutedUntil),
              muteReason: dto.mutedUntil === null ? null : (dto.muteReason ?? null),
            };
      const changes = { ...(dto.role !== undefined && { role: dto.role }), ...mute };
      if (Object.keys(changes).length > 0) {
        await this.members.update(groupId, userId, changes);
        await this.log(actor, 'group.member.update', groupId, { userId, ...dto });
        if (dto.role !== undefined && dto.role !== member.role) {
          const change = dto.role === 'admin' ? 'promoted' : 'demoted';
          await this.notices.roleChanged(actor, context.group, userId, change);
        }
      }
      return toMemberDto((await this.members.find(groupId, userId))!, context.rules, this.clock.now());
    });
  }

  /** Shows a member out; with `ban` also one who is no member, or not any more. */
  async removeMember(
    actor: Actor,
    groupId: number,
    userId: number,
    query: RemoveMemberQueryDto,
  ): Promise<void> {
    await this.db.transaction(async () => {
      const context = await this.access.require(actor, groupId, 'moderateMembers');
      assertBanPeriod(query, this.clock.now());
      // So that nobody walks in while he is being banned.
      if (query.ban) await this.groups.lock(groupId);
      const member = await this.members.find(groupId, userId);
      if (member?.active) {
        await this.assertMayActOn(actor, context, userId);
        await this.membership.leave(context, userId);
        await this.notices.roleChanged(actor, context.group, userId, 'removed', query.reason);
      } else if (!query.ban) {
        throw memberNotFound();
      }
      if (query.ban) await this.ban(actor, context.group, userId, query);
      const action = query.ban ? 'group.member.ban' : 'group.member.kick';
      await this.log(actor, action, groupId, { userId, reason: query.reason, until: query.until });
    });
  }

  private async ban(
    actor: Actor,
    group: GroupRow,
    userId: number,
    query: RemoveMemberQueryDto,
  ): Promise<void> {
    if (userId === actor.id) throw cannotActOnMember();
    await this.users.getUser(userId);
    const now = this.clock.now();
    const groupId = group.id;
    await this.bans.save({
      groupId,
      userId,
      reason: query.reason ?? null,
      bannedUntil: query.until === undefined ? null : new Date(query.until),
      bannedBy: actor.id,
      createdAt: now,
    });
    const applicationId = await this.applications.findPending(groupId, userId);
    if (applicationId === undefined) return;
    await this.applications.closePending(groupId, userId, 'refused', now);
    const decision = { state: 'refused', message: null } as const;
    await this.notices.decided(actor, group, { id: applicationId, userId }, decision);
  }

  async listBans(actor: Actor, groupId: number, query: PageQueryDto): Promise<Page<BanDto>> {
    const [beforeId] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    await this.access.require(actor, groupId, 'moderateMembers');
    const rows = await this.bans.list(groupId, this.clock.now(), query.limit + 1, beforeId);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map(toBanDto) };
  }

  async liftBan(actor: Actor, groupId: number, userId: number): Promise<void> {
    await this.db.transaction(async () => {
      await this.access.require(actor, groupId, 'moderateMembers');
      if (await this.bans.delete(groupId, userId))
        await this.log(actor, 'group.member.unban', groupId, { userId });
    });
  }

  /** The former owner stays as an admin. */
  async handOverGroup(actor: Actor, groupId: number, dto: HandOverDto): Promise<void> {
    await this.db.transaction(async () => {
      const { group } = await this.access.require(actor, groupId, 'handOver');
      const heir = await this.members.find(groupId, dto.userId);
      if (!heir?.active) throw memberNotFound();
      if (heir.userId === group.ownerId) return;
      await this.groups.changeOwner(groupId, group.ownerId, dto.userId);
      await this.members.demoteOwner(groupId);
      await this.members.update(groupId, dto.userId, { role: 'owner' });
      await this.log(actor, 'group.hand-over', groupId, { from: group.ownerId, to: dto.userId });
      await this.notices.roleChanged(actor, group, dto.userId, 'owner');
      await this.notices.roleChanged(actor, group, group.ownerId, 'demoted');
    });
  }

  /** Nobody acts on himself or on the owner, an admin not on another admin. */
  private async assertMayActOn(
    actor: Actor,
    { group, membership }: GroupContext,
    userId: number,
  ): Promise<Omit<MembershipRow, 'active'>> {
    const target = await this.members.find(group.id, userId);
    if (!target?.active) throw memberNotFound();
    const byAdmin = membership?.role === 'admin' && !actorCan(actor, 'group:moderate');
    if (userId === actor.id || target.role === 'owner' || (byAdmin && target.role === 'admin')) {
      throw cannotActOnMember();
    }
    return target;
  }

  private log(actor: Actor, action: string, groupId: number, detail: object): Promise<void> {
    return this.businessLog.record({ actor, action, objectType: 'group', objectId: groupId, detail });
  }
}

/** `until` goes with `ban` and lies ahead. */
function assertBanPeriod({ ban, until }: RemoveMemberQueryDto, now: Date): void {
  if (until === undefined || (ban && new Date(until) > now)) return;
  const message = ban
    ? say('must lie in the future', '必须晚于现在')
    : say('goes with ban=true', '须与 ban=true 一起使用');
  throw appError('BAD_PARAMETER', { fields: { until: [message] } });
}
