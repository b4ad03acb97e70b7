import { IsRefreshToken } from './is-refresh-token.js';

export class RefreshDto {
  /** @example "p3Fv0mJ5n1m1s0Yc2mBq7mYw3i0oXk8Q1c9d2e4f6g8" */
  @IsRefreshToken()
  refreshToken: string;
}
