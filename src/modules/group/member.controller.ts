import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { BanDto } from './dto/ban.dto.js';
import { HandOverDto } from './dto/hand-over.dto.js';
import { JoinGroupDto } from './dto/join-group.dto.js';
import { JoinResultDto } from './dto/join-result.dto.js';
import { ListMembersQueryDto } from './dto/list-members-query.dto.js';
import { MemberDto } from './dto/member.dto.js';
import { RemoveMemberQueryDto } from './dto/remove-member-query.dto.js';
import { UpdateMemberDto } from './dto/update-member.dto.js';
import { MemberService } from './member.service.js';

@ApiTags('Members')
@Controller({ path: 'groups/:groupId', version: '1' })
export class MemberController {
  constructor(private readonly members: MemberService) {}

  /** Join an open group, or apply to one whose owner approves who joins. */
  @Idempotent()
  @RateLimit('joinGroup')
  @Post('members')
  @ApiCreatedData(JoinResultDto)
  @ApiErrors(
    'GROUP_NOT_FOUND',
    'GROUP_FULL',
    'GROUP_CLOSED',
    'INVITE_ONLY',
    'BANNED',
    'ALREADY_MEMBER',
    'APPLICATION_PENDING',
    'REASON_REQUIRED',
  )
  joinGroup(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: JoinGroupDto,
  ): Promise<JoinResultDto> {
    return this.members.joinGroup(actor, groupId, dto);
  }

  /** The members, longest membership first; by nickname. */
  @Get('members')
  @ApiOkData(page(MemberDto))
  @ApiErrors('GROUP_NOT_FOUND')
  listMembers(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: ListMembersQueryDto,
  ): Promise<Page<MemberDto>> {
    return this.members.listMembers(actor, groupId, query);
  }

  /** Leave the group. My check-ins stay and count again if I come back. */
  @Delete('members/me')
  @ApiOkData(null)
  @ApiErrors('GROUP_NOT_FOUND', 'NOT_MEMBER', 'OWNER_CANNOT_LEAVE')
  leaveGroup(@CurrentActor() actor: Actor, @IdParam('groupId') groupId: number): Promise<void> {
    return this.members.leaveGroup(actor, groupId);
  }

  /** Change a member's role (owner) or mute him (owner, admins). */
  @Patch('members/:userId')
  @ApiBody({
    type: UpdateMemberDto,
    examples: {
      role: { value: { role: 'admin' } },
      mute: { value: { mutedUntil: '2099-01-01T00:00:00.000Z', muteReason: '刷屏' } },
      unmute: { value: { mutedUntil: null } },
    },
  })
  @ApiOkData(MemberDto)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND', 'MEMBER_NOT_FOUND', 'CANNOT_ACT_ON_MEMBER')
  updateMember(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('userId') userId: number,
    @Body() dto: UpdateMemberDto,
  ): Promise<MemberDto> {
    return this.members.updateMember(actor, groupId, userId, dto);
  }

  /** Show a member out; with `ban` he, or whoever it is, cannot come back. */
  @Delete('members/:userId')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND', 'MEMBER_NOT_FOUND', 'USER_NOT_FOUND', 'CANNOT_ACT_ON_MEMBER')
  removeMember(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('userId') userId: number,
    @Query() query: RemoveMemberQueryDto,
  ): Promise<void> {
    return this.members.removeMember(actor, groupId, userId, query);
  }

  /** Who is banned, latest first. */
  @Get('bans')
  @ApiOkData(page(BanDto))
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND')
  listBans(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<BanDto>> {
    return this.members.listBans(actor, groupId, query);
  }

  /** Lift a ban. */
  @Delete('bans/:userId')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND')
  liftBan(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('userId') userId: number,
  ): Promise<void> {
    return this.members.liftBan(actor, groupId, userId);
  }

  /** Hand the group over to another member; the former owner stays as an admin. */
  @Post('owner')
  @HttpCode(200)
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND', 'MEMBER_NOT_FOUND')
  handOverGroup(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: HandOverDto,
  ): Promise<void> {
    return this.members.handOverGroup(actor, groupId, dto);
  }
}
