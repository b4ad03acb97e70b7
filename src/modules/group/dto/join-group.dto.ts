import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class JoinGroupDto {
  /**
   * Needed where the owner approves who joins.
   * @example "我也每天早起跑步"
   */
  @Optional()
  @IsText({ min: 1, max: GROUP_LIMITS.reason })
  reason?: string;
}
