import { IntersectionType } from '@nestjs/swagger';
import { IsPassword } from '../../../common/validation/is-password.js';
import { IsPhone } from '../../../common/validation/is-phone.js';
import { IsSmsCode } from './is-sms-code.js';
import { ProfileFieldsDto } from './profile-fields.dto.js';
import { RefreshInDto } from './refresh-in.dto.js';

class RegisterCredentialsDto {
  /** @example "13800000001" */
  @IsPhone()
  phone: string;

  /**
   * The code sent for the purpose `register`.
   * @example "042137"
   */
  @IsSmsCode()
  code: string;

  /** @example "correct horse battery" */
  @IsPassword()
  password: string;
}

export class RegisterDto extends IntersectionType(RegisterCredentialsDto, ProfileFieldsDto, RefreshInDto) {}
