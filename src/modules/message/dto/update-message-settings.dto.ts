import { PartialType } from '@nestjs/swagger';
import { MessageSettingsDto } from './message-settings.dto.js';

/** The types given; the others stay as they are. */
export class UpdateMessageSettingsDto extends PartialType(MessageSettingsDto, {
  skipNullProperties: false,
}) {}
