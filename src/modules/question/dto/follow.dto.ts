export class FollowDto {
  /** Whether I am told of answers. */
  following: boolean;

  /** @example 4 */
  followerCount: number;
}
