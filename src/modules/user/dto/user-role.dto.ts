import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../../common/auth/role.js';

export class UserRoleDto {
  /** @example 42 */
  id: number;

  @ApiProperty({ enum: ROLES, example: 'moderator' })
  role: Role;
}
