import { IsPassword } from '../../../common/validation/is-password.js';
import { IsPhone } from '../../../common/validation/is-phone.js';
import { IsSmsCode } from './is-sms-code.js';

export class ResetPasswordDto {
  /** @example "13800000001" */
  @IsPhone()
  phone: string;

  /**
   * The code sent for the purpose `reset`.
   * @example "042137"
   */
  @IsSmsCode()
  code: string;

  /** @example "a new and better one" */
  @IsPassword()
  password: string;
}
