import { Optional } from '../validation/optional.js';
import { IsCursor } from '../validation/is-cursor.js';
import { QueryInt } from '../validation/query-int.js';

/** The query of every list; lists with filters extend it. */
export class PageQueryDto {
  /** `nextCursor` of the page before; left out for the first page. */
  @Optional()
  @IsCursor()
  cursor?: string;

  /** How many items at most. */
  @QueryInt(1, 100)
  limit: number = 20;
}
