import { ArrayUnique, IsArray } from 'class-validator';
import { NOTICE_TYPES, type NoticeType } from '../../../common/events/notice.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { Optional } from '../../../common/validation/optional.js';

export class ReadMessagesDto {
  /**
   * By default all.
   * @example ["like", "comment"]
   */
  @Optional()
  @IsArray()
  @ArrayUnique()
  @IsOneOf(NOTICE_TYPES, { each: true })
  types?: NoticeType[];
}
