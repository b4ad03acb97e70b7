/** Lengths in characters (code points): DTO limit = column limit. */
export const COMMUNITY_LIMITS = {
  title: 120,
} as const;
