import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { Optional } from '../../../common/validation/optional.js';

const ROLES = ['decider', 'applicant'] as const;

export class ListMyApplicationsQueryDto extends PageQueryDto {
  /**
   * `decider`, the default: those in groups I run. `applicant`: my own.
   * @example "decider"
   */
  @Optional()
  @IsOneOf(ROLES)
  role?: (typeof ROLES)[number];
}
