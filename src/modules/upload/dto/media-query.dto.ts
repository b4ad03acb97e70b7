import { IsText } from '../../../common/validation/is-text.js';
import { Optional } from '../../../common/validation/optional.js';
import { QueryInt } from '../../../common/validation/query-int.js';

/** What a signed address adds to the path; all of it or nothing. */
export class MediaQueryDto {
  /** In whose name the address was given out. */
  @Optional()
  @QueryInt(1, Number.MAX_SAFE_INTEGER)
  user?: number;

  /** Until when it holds, in seconds since 1970. */
  @Optional()
  @QueryInt(0, Number.MAX_SAFE_INTEGER)
  expires?: number;

  /** Comes with the addresses of restricted pictures. */
  @Optional()
  @IsText({ min: 0, max: 64 })
  signature?: string;
}
