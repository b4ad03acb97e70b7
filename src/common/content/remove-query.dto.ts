import { CONTENT_LIMITS } from './content.limits.js';
import { IsText } from '../validation/is-text.js';
import { Optional } from '../validation/optional.js';

export class RemoveQueryDto {
  /** Why a moderator takes it away; kept in the log. */
  @Optional()
  @IsText({ min: 1, max: CONTENT_LIMITS.removeReason })
  reason?: string;
}
