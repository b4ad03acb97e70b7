/** Lengths in characters (code points): DTO limit = column limit. */
export const QUESTION_LIMITS = {
  title: 256,
  closeReason: 200,
} as const;

/** After so many days what was taken away is gone for good. */
export const PURGE_AFTER_DAYS = 30;
