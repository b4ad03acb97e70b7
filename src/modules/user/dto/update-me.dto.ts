import { ProfileFieldsDto } from './profile-fields.dto.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { USER_LIMITS } from '../user.limits.js';

/** Fields left out stay as they are; null clears birthday, province or city. */
export class UpdateMeDto extends ProfileFieldsDto {
  /** @example "每天五公里" */
  @Optional()
  @IsText({ min: 0, max: USER_LIMITS.bio, multiline: true })
  bio?: string;
}
