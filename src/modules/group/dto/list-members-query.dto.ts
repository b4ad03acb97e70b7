import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';

export class ListMembersQueryDto extends PageQueryDto {
  /**
   * Part of the nickname.
   * @example "小李"
   */
  @Optional()
  @IsText({ min: 1, max: 32 })
  q?: string;
}
