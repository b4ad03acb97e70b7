import { IsNested } from '../../../common/validation/is-nested.js';
import { OmitType, PartialType } from '@nestjs/swagger';
import { Optional } from '../../../common/validation/optional.js';
import { CreateGroupDto } from './create-group.dto.js';
import { UpdateCheckInRuleDto } from './update-check-in-rule.dto.js';

/** Fields left out stay as they are. Admins may change name, description and notice; the owner everything. */
export class UpdateGroupDto extends PartialType(OmitType(CreateGroupDto, ['rule']), {
  skipNullProperties: false,
}) {
  /** A changed rule holds from the next day on, from the next Monday where times per week are concerned. */
  @Optional()
  @IsNested(() => UpdateCheckInRuleDto)
  rule?: UpdateCheckInRuleDto;
}
