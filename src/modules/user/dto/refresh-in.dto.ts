import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { Optional } from '../../../common/validation/optional.js';

const REFRESH_IN = ['body', 'cookie'] as const;

export type RefreshIn = (typeof REFRESH_IN)[number];

export class RefreshInDto {
  /**
   * Where the refresh token goes: into the answer (when left out), or into a cookie that no script can read, for pages
   * of this server.
   */
  @Optional()
  @IsOneOf(REFRESH_IN)
  refreshIn?: RefreshIn;
}
