import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { Public } from '../../common/auth/public.decorator.js';
import { PublicCache } from '../../common/http/public-cache.decorator.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { CreateGroupDto } from './dto/create-group.dto.js';
import { GroupCategoryDto } from './dto/group-category.dto.js';
import { GroupDetailDto } from './dto/group-detail.dto.js';
import { GroupDto } from './dto/group.dto.js';
import { ListGroupsQueryDto } from './dto/list-groups-query.dto.js';
import { UpdateGroupDto } from './dto/update-group.dto.js';
import { CREATE_EXAMPLES, UPDATE_EXAMPLES } from './group.examples.js';
import { GroupService } from './group.service.js';

@ApiTags('Groups')
@Controller({ version: '1' })
export class GroupController {
  constructor(private readonly groups: GroupService) {}

  /** The categories a group can belong to. */
  @Public()
  @PublicCache(300)
  @Get('group-categories')
  @ApiOkData([GroupCategoryDto])
  listGroupCategories(): Promise<GroupCategoryDto[]> {
    return this.groups.listGroupCategories();
  }

  /** Found a group; the founder is its owner and first member. */
  @Idempotent()
  @RateLimit('createGroup')
  @Post('groups')
  @ApiBody({ type: CreateGroupDto, examples: CREATE_EXAMPLES })
  @ApiCreatedData(GroupDetailDto)
  @ApiErrors('CATEGORY_NOT_FOUND', 'UPLOAD_NOT_FOUND')
  createGroup(@CurrentActor() actor: Actor, @Body() dto: CreateGroupDto): Promise<GroupDetailDto> {
    return this.groups.createGroup(actor, dto);
  }

  /** Discover public groups: newest, hottest or largest first; by category, by name. */
  @Get('groups')
  @ApiOkData(page(GroupDto))
  listGroups(@CurrentActor() actor: Actor, @Query() query: ListGroupsQueryDto): Promise<Page<GroupDto>> {
    return this.groups.listGroups(actor, query);
  }

  /** The groups I belong to, longest membership first. */
  @Get('me/groups')
  @ApiOkData(page(GroupDto))
  listMyGroups(@CurrentActor() actor: Actor, @Query() query: PageQueryDto): Promise<Page<GroupDto>> {
    return this.groups.listMyGroups(actor, query);
  }

  /** The groups a person belongs to, as far as I may see them: latest membership first. */
  @Get('users/:id/groups')
  @ApiOkData(page(GroupDto))
  @ApiErrors('USER_NOT_FOUND')
  listUserGroups(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<GroupDto>> {
    return this.groups.listUserGroups(actor, id, query);
  }

  /** One group, with the rule that holds today and one that is to come. */
  @Get('groups/:groupId')
  @ApiOkData(GroupDetailDto)
  @ApiErrors('GROUP_NOT_FOUND')
  getGroup(@CurrentActor() actor: Actor, @IdParam('groupId') groupId: number): Promise<GroupDetailDto> {
    return this.groups.getGroup(actor, groupId);
  }

  /** Change a group: texts by owner and admins, everything else by the owner. */
  @Patch('groups/:groupId')
  @ApiBody({ type: UpdateGroupDto, examples: UPDATE_EXAMPLES })
  @ApiOkData(GroupDetailDto)
  @ApiErrors(
    'NO_PERMISSION',
    'GROUP_NOT_FOUND',
    'CATEGORY_NOT_FOUND',
    'CAPACITY_BELOW_MEMBERS',
    'UPLOAD_NOT_FOUND',
  )
  updateGroup(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: UpdateGroupDto,
  ): Promise<GroupDetailDto> {
    return this.groups.updateGroup(actor, groupId, dto);
  }

  /** Dissolve a group for good; by its owner. */
  @Delete('groups/:groupId')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'GROUP_NOT_FOUND')
  dissolveGroup(@CurrentActor() actor: Actor, @IdParam('groupId') groupId: number): Promise<void> {
    return this.groups.dissolveGroup(actor, groupId);
  }
}
