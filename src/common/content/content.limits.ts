/** Lengths in characters (code points) of what people write: DTO limit = column limit. */
export const CONTENT_LIMITS = {
  body: 20_000,
  /** Of comments and replies. */
  shortBody: 1_000,
  excerpt: 200,
  removeReason: 200,
  /** Pictures of one post, question, answer or check-in. */
  images: 9,
} as const;

/** For so long what was taken away can be brought back, and moderators' decisions be looked into. */
export const KEPT_DAYS = 30;
