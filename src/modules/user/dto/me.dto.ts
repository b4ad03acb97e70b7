import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../../common/auth/role.js';
import { PublicUserDto } from './public-user.dto.js';

export class MeDto extends PublicUserDto {
  /**
   * E.164.
   * @example "+8613800000001"
   */
  phone: string;

  /** @example "1995-08-17" */
  birthday: string | null;

  @ApiProperty({ enum: ROLES, example: 'user' })
  role: Role;
}
