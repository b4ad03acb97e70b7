/** Lengths in characters (code points): DTO limit = column limit. */
export const QUESTION_LIMITS = {
  title: 256,
  closeReason: 200,
} as const;
