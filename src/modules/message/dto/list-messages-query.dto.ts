import { PageQueryDto } from '../../../common/api/page-query.dto.js';
import { NOTICE_TYPES, type NoticeType } from '../../../common/events/notice.js';
import { Optional } from '../../../common/validation/optional.js';
import { QueryFlag } from '../../../common/validation/query-flag.js';
import { QueryList } from '../../../common/validation/query-list.js';

export class ListMessagesQueryDto extends PageQueryDto {
  /** Of these types only; may be repeated. By default of all. */
  @Optional()
  @QueryList(NOTICE_TYPES)
  type?: NoticeType[];

  /** Only what is unread, or only what is read. By default both. */
  @Optional()
  @QueryFlag()
  unread?: boolean;
}
