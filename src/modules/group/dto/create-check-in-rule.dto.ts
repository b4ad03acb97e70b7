import { OmitType } from '@nestjs/swagger';
import { IsTimeZone } from '../../../common/validation/is-time-zone.js';
import { UpdateCheckInRuleDto } from './update-check-in-rule.dto.js';

export class CreateCheckInRuleDto extends OmitType(UpdateCheckInRuleDto, ['timeZone']) {
  /**
   * IANA name: whose days the group counts.
   * @example "Asia/Shanghai"
   */
  @IsTimeZone()
  timeZone: string;
}
