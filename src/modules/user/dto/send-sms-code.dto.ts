import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { IsPhone } from '../../../common/validation/is-phone.js';
import { SMS_PURPOSES, type SmsPurpose } from '../sms-code.service.js';

export class SendSmsCodeDto {
  /**
   * E.164, or a mainland Chinese number without its country code.
   * @example "13800000001"
   */
  @IsPhone()
  phone: string;

  /**
   * What the code is for; it is good for nothing else.
   * @example "register"
   */
  @IsOneOf(SMS_PURPOSES)
  purpose: SmsPurpose;
}
