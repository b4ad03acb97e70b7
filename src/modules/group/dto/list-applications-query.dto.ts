import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { Optional } from '../../../common/validation/optional.js';
import { APPLICATION_STATES, type ApplicationState } from '../application.entity.js';

export class ListApplicationsQueryDto extends PageQueryDto {
  /**
   * By default those that wait.
   * @example "pending"
   */
  @Optional()
  @IsOneOf(APPLICATION_STATES)
  state?: ApplicationState;
}
