import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { CreateInviteDto } from './dto/create-invite.dto.js';
import { CreatedInviteDto } from './dto/created-invite.dto.js';
import { InviteDto } from './dto/invite.dto.js';
import { InvitePreviewDto } from './dto/invite-preview.dto.js';
import { JoinResultDto } from './dto/join-result.dto.js';
import { InviteService } from './invite.service.js';
import { InviteTokenParam } from './invite-token-param.decorator.js';

@ApiTags('Members')
@Controller({ version: '1' })
export class InviteController {
  constructor(private readonly invites: InviteService) {}

  /** Make an invite link; its token is shown this once. */
  @Idempotent()
  @RateLimit('createInvite')
  @Post('groups/:groupId/invites')
  @ApiCreatedData(CreatedInviteDto)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND')
  createInvite(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: CreateInviteDto,
  ): Promise<CreatedInviteDto> {
    return this.invites.createInvite(actor, groupId, dto);
  }

  /** The group's invite links, newest first, without their tokens. */
  @Get('groups/:groupId/invites')
  @ApiOkData(page(InviteDto))
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND')
  listInvites(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<InviteDto>> {
    return this.invites.listInvites(actor, groupId, query);
  }

  /** Revoke an invite link. */
  @Delete('groups/:groupId/invites/:id')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND', 'INVITE_NOT_FOUND')
  revokeInvite(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('id') id: number,
  ): Promise<void> {
    return this.invites.revokeInvite(actor, groupId, id);
  }

  /** What an invite link leads to. */
  @RateLimit('joinGroup')
  @Get('invites/:token')
  @ApiOkData(InvitePreviewDto)
  @ApiErrors('INVITE_NOT_FOUND', 'INVITE_EXPIRED', 'INVITE_USED_UP', 'GROUP_CLOSED', 'BANNED')
  getInvite(
    @CurrentActor() actor: Actor,
    @InviteTokenParam('token') token: string,
  ): Promise<InvitePreviewDto> {
    return this.invites.getInvite(actor, token);
  }

  /** Join by an invite link. */
  @Idempotent()
  @RateLimit('joinGroup')
  @Post('invites/:token/accept')
  @ApiCreatedData(JoinResultDto)
  @ApiErrors(
    'INVITE_NOT_FOUND',
    'INVITE_EXPIRED',
    'INVITE_USED_UP',
    'GROUP_CLOSED',
    'GROUP_FULL',
    'ALREADY_MEMBER',
    'BANNED',
  )
  acceptInvite(
    @CurrentActor() actor: Actor,
    @InviteTokenParam('token') token: string,
  ): Promise<JoinResultDto> {
    return this.invites.acceptInvite(actor, token);
  }
}
