/** Lengths in code points: the DTO's limit and the column's are the same number. */
export const USER_LIMITS = {
  nickname: 32,
  /** NFKC can lengthen a text (one ligature becomes up to 18 letters); longer keys are cut. */
  nicknameKey: 128,
  place: 32,
  bio: 200,
  userAgent: 255,
} as const;
