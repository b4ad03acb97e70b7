import { ApiProperty } from '@nestjs/swagger';
import { NOTICE_OBJECTS, type NoticeObject } from '../../../common/events/notice.js';

/** What a message is about, or where it leads. */
export class ObjectRefDto {
  @ApiProperty({ enum: NOTICE_OBJECTS, example: 'post' })
  type: NoticeObject;

  /** @example 12 */
  id: number;
}
