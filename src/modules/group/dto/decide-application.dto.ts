import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class DecideApplicationDto {
  /** @example "approve" */
  @IsOneOf(['approve', 'refuse'])
  decision: 'approve' | 'refuse';

  /**
   * For the applicant.
   * @example "欢迎"
   */
  @Optional()
  @IsText({ min: 1, max: GROUP_LIMITS.reason })
  message?: string;
}
