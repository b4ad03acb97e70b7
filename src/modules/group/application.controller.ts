import { Body, Controller, Delete, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { ApplicationService } from './application.service.js';
import { ApplicationDto } from './dto/application.dto.js';
import { DecideApplicationDto } from './dto/decide-application.dto.js';
import { ListApplicationsQueryDto } from './dto/list-applications-query.dto.js';
import { ListMyApplicationsQueryDto } from './dto/list-my-applications-query.dto.js';

@ApiTags('Members')
@Controller({ version: '1' })
export class ApplicationController {
  constructor(private readonly applications: ApplicationService) {}

  /** Applications to a group, newest first; for owner and admins. */
  @Get('groups/:groupId/applications')
  @ApiOkData(page(ApplicationDto))
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND')
  listApplications(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: ListApplicationsQueryDto,
  ): Promise<Page<ApplicationDto>> {
    return this.applications.listApplications(actor, groupId, query);
  }

  /** Approve or refuse an application, once. */
  @Patch('groups/:groupId/applications/:id')
  @ApiOkData(ApplicationDto)
  @ApiErrors(
    'NO_PERMISSION',
    'GROUP_NOT_FOUND',
    'APPLICATION_NOT_FOUND',
    'APPLICATION_DECIDED',
    'GROUP_FULL',
    'ALREADY_MEMBER',
    'BANNED',
  )
  decideApplication(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('id') id: number,
    @Body() dto: DecideApplicationDto,
  ): Promise<ApplicationDto> {
    return this.applications.decideApplication(actor, groupId, id, dto);
  }

  /** Take my own application back while it waits. */
  @Delete('groups/:groupId/applications/:id')
  @ApiOkData(null)
  @ApiErrors('APPLICATION_NOT_FOUND', 'APPLICATION_DECIDED')
  withdrawApplication(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @IdParam('id') id: number,
  ): Promise<void> {
    return this.applications.withdrawApplication(actor, groupId, id);
  }

  /** Applications that wait, in the groups I run or my own, newest first. */
  @Get('me/applications')
  @ApiOkData(page(ApplicationDto))
  listMyApplications(
    @CurrentActor() actor: Actor,
    @Query() query: ListMyApplicationsQueryDto,
  ): Promise<Page<ApplicationDto>> {
    return this.applications.listMyApplications(actor, query);
  }
}
