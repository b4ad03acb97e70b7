import { ImageIds } from '../../../common/validation/image-ids.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class CreateCheckInDto {
  /**
   * The group's rule may demand a certain length.
   * @example "五公里，28 分钟"
   */
  @Optional()
  @IsText({ min: 0, max: GROUP_LIMITS.note, multiline: true })
  note?: string;

  /** Of uploads of mine; they become part of it. */
  @Optional()
  @ImageIds()
  imageIds?: number[];
}
