import { IsMonth } from '../../../common/validation/is-month.js';
import { Optional } from '../../../common/validation/optional.js';

export class GroupCalendarQueryDto {
  /**
   * By default the group's present month.
   * @example "2026-01"
   */
  @Optional()
  @IsMonth()
  month?: string;
}
