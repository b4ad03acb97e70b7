import { Optional } from '../../../common/validation/optional.js';
import { IsRefreshToken } from './is-refresh-token.js';

export class RefreshDto {
  /**
   * Left out by pages of this server: the cookie is used, and its successor goes into the cookie.
   * @example "p3Fv0mJ5n1m1s0Yc2mBq7mYw3i0oXk8Q1c9d2e4f6g8"
   */
  @Optional()
  @IsRefreshToken()
  refreshToken?: string;
}
