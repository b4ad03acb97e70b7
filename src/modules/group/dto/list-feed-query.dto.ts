import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsDay } from '../../../common/validation/is-day.js';
import { Optional } from '../../../common/validation/optional.js';

export class ListFeedQueryDto extends PageQueryDto {
  /**
   * Only those that count for this day.
   * @example "2026-01-31"
   */
  @Optional()
  @IsDay()
  day?: string;
}
