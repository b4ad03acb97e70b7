import { IsInstant } from '../../../common/validation/is-instant.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { QueryFlag } from '../../../common/validation/query-flag.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class RemoveMemberQueryDto {
  /** Also keep the person from coming back. */
  @Optional()
  @QueryFlag()
  ban?: boolean;

  /**
   * With `ban`: until when; left out: for good.
   * @example "2026-03-01T00:00:00.000Z"
   */
  @Optional()
  @IsInstant()
  until?: string;

  /** @example "广告" */
  @Optional()
  @IsText({ min: 1, max: GROUP_LIMITS.reason })
  reason?: string;
}
