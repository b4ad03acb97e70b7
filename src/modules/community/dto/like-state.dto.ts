export class LikeStateDto {
  /** By me. */
  liked: boolean;

  /** @example 12 */
  likeCount: number;
}
