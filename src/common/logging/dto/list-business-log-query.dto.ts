import { PageQueryDto } from '../../api/page-query.dto.js';
import { IsText } from '../../validation/is-text.js';
import { Optional } from '../../validation/optional.js';
import { QueryInt } from '../../validation/query-int.js';

export class ListBusinessLogQueryDto extends PageQueryDto {
  /** Only what this person did. */
  @Optional()
  @QueryInt(1, Number.MAX_SAFE_INTEGER)
  actorId?: number;

  /**
   * Only what was done to objects of this kind.
   * @example "group"
   */
  @Optional()
  @IsText({ min: 1, max: 32 })
  objectType?: string;

  /** Together with `objectType`: only what was done to this one. */
  @Optional()
  @QueryInt(1, Number.MAX_SAFE_INTEGER)
  objectId?: number;
}
