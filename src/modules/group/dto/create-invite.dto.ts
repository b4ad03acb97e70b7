import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { Optional } from '../../../common/validation/optional.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class CreateInviteDto {
  /**
   * Hours for which the link is good; by default 168, a week.
   * @example 168
   */
  @Optional()
  @IsIntIn(1, GROUP_LIMITS.inviteHours)
  expiresInHours?: number;

  /**
   * How many people can come by it; left out: as many as there are places.
   * @example 10
   */
  @Optional()
  @IsIntIn(1, GROUP_LIMITS.inviteUses)
  maxUses?: number;
}
