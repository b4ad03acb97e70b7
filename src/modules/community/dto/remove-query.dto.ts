import { CONTENT_LIMITS } from '../../../common/content/content.limits.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';

export class RemoveQueryDto {
  /** Why one who runs the group takes it away; kept in the log. */
  @Optional()
  @IsText({ min: 1, max: CONTENT_LIMITS.removeReason })
  reason?: string;
}
