import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { Optional } from '../../../common/validation/optional.js';

export class DayBoardQueryDto extends PageQueryDto {
  /**
   * Who has done it, in the order of arrival (the default), or who has not: today pending, on earlier days missed.
   * @example "pending"
   */
  @Optional()
  @IsOneOf(['done', 'pending'])
  state?: 'done' | 'pending';
}
