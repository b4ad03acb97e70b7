import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { isoOf } from '../../common/database/values.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { MediaUrls } from '../upload/index.js';
import { BanRepository } from './ban.repository.js';
import type { CreateInviteDto } from './dto/create-invite.dto.js';
import type { CreatedInviteDto } from './dto/created-invite.dto.js';
import type { InviteDto } from './dto/invite.dto.js';
import type { InvitePreviewDto } from './dto/invite-preview.dto.js';
import type { JoinResultDto } from './dto/join-result.dto.js';
import { GroupAccess } from './group-access.js';
import type { GroupContext } from './group-context.js';
import { banned, groupClosed, inviteExpired, inviteNotFound, inviteUsedUp } from './group.errors.js';
import { GROUP_LIMITS } from './group.limits.js';
import { coverUrlOf, toGroupDto } from './group.mapper.js';
import { GroupRepository } from './group.repository.js';
import type { Invite } from './invite.entity.js';
import { InviteRepository } from './invite.repository.js';
import { toInviteDto } from './member.mapper.js';
import { MembershipService } from './membership.service.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class InviteService {
  constructor(
    private readonly db: Database,
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly invites: InviteRepository,
    private readonly bans: BanRepository,
    private readonly membership: MembershipService,
    private readonly urls: MediaUrls,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async createInvite(actor: Actor, groupId: number, dto: CreateInviteDto): Promise<CreatedInviteDto> {
    const token = randomBytes(24).toString('base64url');
    const now = this.clock.now();
    return this.db.transaction(async () => {
      await this.access.require(actor, groupId, 'manageInvites');
      const id = await this.invites.insert({
        groupId,
        tokenHash: hashOf(token),
        createdBy: actor.id,
        createdAt: now,
        expiresAt: new Date(
          now.getTime() + (dto.expiresInHours ?? GROUP_LIMITS.defaultInviteHours) * HOUR_MS,
        ),
        maxUses: dto.maxUses ?? null,
      });
      await this.log(actor, 'group.invite.create', groupId, id);
      return { ...toInviteDto((await this.invites.find(groupId, id))!), token };
    });
  }

  async listInvites(actor: Actor, groupId: number, query: PageQueryDto): Promise<Page<InviteDto>> {
    const [beforeId] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    await this.access.require(actor, groupId, 'manageInvites');
    const rows = await this.invites.list(groupId, query.limit + 1, beforeId);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map(toInviteDto) };
  }

  async revokeInvite(actor: Actor, groupId: number, id: number): Promise<void> {
    await this.db.transaction(async () => {
      await this.access.require(actor, groupId, 'manageInvites');
      if (!(await this.invites.find(groupId, id))) throw inviteNotFound();
      await this.invites.revoke(id, this.clock.now());
      await this.log(actor, 'group.invite.revoke', groupId, id);
    });
  }

  /** What the link leads to; the holder of a link to a private group may know of it. */
  async getInvite(actor: Actor, token: string): Promise<InvitePreviewDto> {
    const { invite, context } = await this.open(actor, token);
    // Members are told that they are in, also the one who used it last.
    if (!context.membership?.active) {
      if (invite.maxUses !== null && invite.uses >= invite.maxUses) throw inviteUsedUp();
      if (context.group.joinPolicy === 'closed') throw groupClosed();
      if (await this.bans.find(context.group.id, actor.id, this.clock.now())) throw banned();
    }
    const isPublic = context.group.visibility === 'public';
    const coverUrl = isPublic ? coverUrlOf(this.urls, actor, context.group) : null;
    const group = toGroupDto(context, this.clock.now(), coverUrl);
    return {
      groupId: group.id,
      name: group.name,
      description: group.description,
      coverUrl,
      categoryId: group.categoryId,
      visibility: group.visibility,
      rule: group.rule,
      memberCount: group.memberCount,
      maxMembers: group.maxMembers,
      expiresAt: isoOf(invite.expiresAt),
      myRole: group.myRole,
    };
  }

  /** Joins at once, whatever the join policy, unless the group is closed. */
  async acceptInvite(actor: Actor, token: string): Promise<JoinResultDto> {
    return this.db.transaction(async () => {
      const { invite, context } = await this.open(actor, token);
      if (context.group.joinPolicy === 'closed') throw groupClosed();
      await this.membership.enter(context, actor.id);
      // After the group's row is locked, as everywhere; a refusal rolls the joining back.
      if (!(await this.invites.use(invite.id))) throw inviteUsedUp();
      return { status: 'active', groupId: context.group.id, applicationId: null };
    });
  }

  private async open(actor: Actor, token: string): Promise<{ invite: Invite; context: GroupContext }> {
    const invite = await this.invites.findByHash(hashOf(token));
    if (!invite || invite.revokedAt !== null) throw inviteNotFound();
    if (invite.expiresAt <= this.clock.now()) throw inviteExpired();
    const context = await this.groups.findContext(invite.groupId, actor.id);
    if (!context) throw inviteNotFound();
    return { invite, context };
  }

  private log(actor: Actor, action: string, groupId: number, inviteId: number): Promise<void> {
    return this.businessLog.record({
      actor,
      action,
      objectType: 'group',
      objectId: groupId,
      detail: { inviteId },
    });
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
