import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreatedOrOk } from '../../common/api/created-or-ok.decorator.js';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { CheckInService } from './check-in.service.js';
import { CheckInResultDto } from './dto/check-in-result.dto.js';
import { CreateCheckInDto } from './dto/create-check-in.dto.js';
import { CreateMakeUpDto } from './dto/create-make-up.dto.js';
import { FeedItemDto } from './dto/feed-item.dto.js';
import { ListFeedQueryDto } from './dto/list-feed-query.dto.js';
import { MakeUpQuotaDto } from './dto/make-up-quota.dto.js';
import { MakeUpResultDto } from './dto/make-up-result.dto.js';
import { MakeUpService } from './make-up.service.js';

@ApiTags('Check-ins')
@Controller({ version: '1' })
export class CheckInController {
  constructor(
    private readonly checkIns: CheckInService,
    private readonly makeUps: MakeUpService,
  ) {}

  /** Check in for today. 201 the first time; 200 and the same check-in when it is done already. */
  @Idempotent()
  @CreatedOrOk()
  @RateLimit('checkIn')
  @Post('groups/:groupId/check-ins')
  @ApiCreatedData(CheckInResultDto)
  @ApiOkData(CheckInResultDto)
  @ApiErrors(
    'GROUP_NOT_FOUND',
    'NOT_MEMBER',
    'NOT_DUE_TODAY',
    'NOTE_TOO_SHORT',
    'IMAGE_REQUIRED',
    'UPLOAD_NOT_FOUND',
    'MUTED',
  )
  checkIn(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: CreateCheckInDto,
  ): Promise<CheckInResultDto> {
    return this.checkIns.checkIn(actor, groupId, dto);
  }

  /** The group's check-ins, newest first; of all days or of one. */
  @Get('groups/:groupId/check-ins')
  @ApiOkData(page(FeedItemDto))
  @ApiErrors('GROUP_NOT_FOUND')
  listCheckIns(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: ListFeedQueryDto,
  ): Promise<Page<FeedItemDto>> {
    return this.checkIns.listCheckIns(actor, groupId, query);
  }

  /** One check-in or make-up, for whoever may see its group. */
  @Get('check-ins/:checkInId')
  @ApiOkData(FeedItemDto)
  @ApiErrors('CHECK_IN_NOT_FOUND')
  getCheckIn(@CurrentActor() actor: Actor, @IdParam('checkInId') checkInId: number): Promise<FeedItemDto> {
    return this.checkIns.getCheckIn(actor, checkInId);
  }

  /** Take my check-in or make-up back, on the day on which I made it. */
  @RateLimit('checkIn')
  @Delete('groups/:groupId/check-ins/:id')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND', 'NOT_MEMBER', 'CHECK_IN_NOT_FOUND', 'UNDO_TOO_LATE')
  withdrawCheckIn(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('id') id: number,
  ): Promise<void> {
    return this.checkIns.withdrawCheckIn(actor, groupId, id);
  }

  /** How many make-ups I have left this month, and for which days. */
  @Get('groups/:groupId/make-ups/quota')
  @ApiOkData(MakeUpQuotaDto)
  @ApiErrors('GROUP_NOT_FOUND', 'NOT_MEMBER')
  getMakeUpQuota(@CurrentActor() actor: Actor, @IdParam('groupId') groupId: number): Promise<MakeUpQuotaDto> {
    return this.makeUps.getMakeUpQuota(actor, groupId);
  }

  /** Make up for a missed day. */
  @Idempotent()
  @RateLimit('checkIn')
  @Post('groups/:groupId/make-ups')
  @ApiCreatedData(MakeUpResultDto)
  @ApiErrors(
    'GROUP_NOT_FOUND',
    'NOT_MEMBER',
    'MAKE_UP_NOT_ALLOWED',
    'MAKE_UP_FUTURE',
    'MAKE_UP_TODAY',
    'MAKE_UP_NOT_MEMBER_THEN',
    'MAKE_UP_NOTHING_MISSED',
    'MAKE_UP_NOT_DUE',
    'MAKE_UP_OUTSIDE_WINDOW',
    'MAKE_UP_REASON_TOO_SHORT',
    'UPLOAD_NOT_FOUND',
    'MUTED',
    'MAKE_UP_QUOTA_USED',
  )
  createMakeUp(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: CreateMakeUpDto,
  ): Promise<MakeUpResultDto> {
    return this.makeUps.createMakeUp(actor, groupId, dto);
  }
}
