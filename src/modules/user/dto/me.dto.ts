import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../../common/auth/role.js';
import { USER_LANGUAGES, type UserLanguage } from '../user.entity.js';
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

  @ApiProperty({
    enum: USER_LANGUAGES,
    nullable: true,
    example: 'zh-CN',
    description:
      'Of what clients show; null: as the device says. The API answers in that of `Accept-Language`.',
  })
  language: UserLanguage | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Asia/Shanghai',
    description: 'In which clients show instants; null: as the device says. Days of a group go by its rule.',
  })
  timeZone: string | null;
}
