import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { IsInstant } from '../../../common/validation/is-instant.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Nullable, Optional } from '../../../common/validation/optional.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class UpdateMemberDto {
  /**
   * Only the owner may change it.
   * @example "admin"
   */
  @Optional()
  @IsOneOf(['admin', 'member'])
  role?: 'admin' | 'member';

  /**
   * Until when the member may not write; null lifts it.
   * @example "2026-02-07T00:00:00.000Z"
   */
  @Nullable()
  @IsInstant()
  mutedUntil?: string | null;

  /** @example "刷屏" */
  @Optional()
  @IsText({ min: 1, max: GROUP_LIMITS.reason })
  muteReason?: string;
}
