import { IsPhone } from '../../../common/validation/is-phone.js';
import { Optional } from '../../../common/validation/optional.js';
import { IsSmsCode } from './is-sms-code.js';
import { IsGivenPassword } from './is-given-password.js';
import { RefreshInDto } from './refresh-in.dto.js';

/** Exactly one of `password` and `code`. */
export class LoginDto extends RefreshInDto {
  /** @example "13800000001" */
  @IsPhone()
  phone: string;

  /** @example "correct horse battery" */
  @Optional()
  @IsGivenPassword()
  password?: string;

  /** The code sent for the purpose `login`. */
  @Optional()
  @IsSmsCode()
  code?: string;
}
