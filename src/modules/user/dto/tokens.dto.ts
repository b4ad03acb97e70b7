export class TokensDto {
  /** @example "Bearer" */
  tokenType: 'Bearer';

  /**
   * Send it as `Authorization: Bearer …`.
   * @example "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.Q0r4mYx1c2Jm3o0s5t7u9v1w2x4y6z8A0b3c5d7e9f0"
   */
  accessToken: string;

  /**
   * Seconds the access token is good for.
   * @example 900
   */
  expiresIn: number;

  /**
   * Good for one refresh; every refresh returns its successor. Null when it is in the cookie.
   * @example "p3Fv0mJ5n1m1s0Yc2mBq7mYw3i0oXk8Q1c9d2e4f6g8"
   */
  refreshToken: string | null;

  /**
   * Seconds after which the session ends unless it is refreshed.
   * @example 2592000
   */
  refreshExpiresIn: number;

  /** @example 17 */
  sessionId: number;
}
