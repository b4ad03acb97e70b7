export class TokensDto {
  /** @example "Bearer" */
  tokenType: 'Bearer';

  /** Send it as `Authorization: Bearer …`. */
  accessToken: string;

  /**
   * Seconds the access token is good for.
   * @example 900
   */
  expiresIn: number;

  /** Good for one refresh; every refresh returns its successor. */
  refreshToken: string;

  /**
   * Seconds after which the session ends unless it is refreshed.
   * @example 2592000
   */
  refreshExpiresIn: number;

  /** @example 17 */
  sessionId: number;
}
