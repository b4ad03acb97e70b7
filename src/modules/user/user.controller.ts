import { Body, Controller, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiErrors, ApiOkData } from '../../common/api/openapi-decorators.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RequireScope } from '../../common/auth/require-scope.decorator.js';
import { AuthService } from './auth.service.js';
import { AssignRoleDto } from './dto/assign-role.dto.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';
import { MeDto } from './dto/me.dto.js';
import { PublicUserDto } from './dto/public-user.dto.js';
import { UpdateMeDto } from './dto/update-me.dto.js';
import { UserRoleDto } from './dto/user-role.dto.js';
import { UserService } from './user.service.js';

@ApiTags('Users')
@Controller({ version: '1' })
export class UserController {
  constructor(
    private readonly users: UserService,
    private readonly auth: AuthService,
  ) {}

  /** My account. */
  @Get('me')
  @ApiOkData(MeDto)
  getMe(@CurrentActor() actor: Actor): Promise<MeDto> {
    return this.users.getMe(actor);
  }

  /** Change my profile: the fields given, and no others. */
  @Patch('me')
  @ApiOkData(MeDto)
  @ApiErrors('UPLOAD_NOT_FOUND')
  updateMe(@CurrentActor() actor: Actor, @Body() dto: UpdateMeDto): Promise<MeDto> {
    return this.users.updateMe(actor, dto);
  }

  /** Change my password; ends my other sessions. */
  @Post('me/password')
  @HttpCode(200)
  @ApiOkData(null)
  @ApiErrors('WRONG_PASSWORD', 'OVERLOADED')
  changePassword(@CurrentActor() actor: Actor, @Body() dto: ChangePasswordDto): Promise<void> {
    return this.auth.changePassword(actor, dto);
  }

  /** What everybody signed in may see of a person; never the phone. */
  @Get('users/:id')
  @ApiOkData(PublicUserDto)
  @ApiErrors('USER_NOT_FOUND')
  getUser(@IdParam('id') id: number): Promise<PublicUserDto> {
    return this.users.getUser(id);
  }

  /** Make a person user, moderator or admin of the whole site. */
  @RequireScope('user:assign-role')
  @Put('users/:id/role')
  @ApiOkData(UserRoleDto)
  @ApiErrors('NO_PERMISSION', 'USER_NOT_FOUND')
  assignRole(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: number,
    @Body() dto: AssignRoleDto,
  ): Promise<UserRoleDto> {
    return this.users.assignRole(actor, id, dto.role);
  }
}
