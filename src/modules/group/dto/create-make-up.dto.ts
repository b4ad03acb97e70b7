import { Optional } from '../../../common/validation/optional.js';
import { ImageIds } from '../../../common/validation/image-ids.js';
import { IsDay } from '../../../common/validation/is-day.js';
import { IsText } from '../../../common/validation/is-text.js';
import { GROUP_LIMITS } from '../group.limits.js';

export class CreateMakeUpDto {
  /**
   * One of the eligible days of `GET …/make-ups/quota`.
   * @example "2026-01-29"
   */
  @IsDay()
  day: string;

  /**
   * The group's rule may demand a certain length.
   * @example "出差在飞机上"
   */
  @IsText({ min: 0, max: GROUP_LIMITS.reason, multiline: true })
  reason: string;

  /** Of uploads of mine; they become part of it. */
  @Optional()
  @ImageIds()
  imageIds?: number[];
}
