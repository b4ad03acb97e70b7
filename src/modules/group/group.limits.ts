/** Lengths in code points and ranges of the group's settings: DTO limit = column limit. */
export const GROUP_LIMITS = {
  name: 40,
  nameKey: 160,
  description: 500,
  notice: 1000,
  minMembers: 1,
  maxMembers: 100_000,
  defaultMaxMembers: 500,
  reason: 200,
  note: 1000,
  /** What a group may demand of a note at most. */
  minNoteLength: 200,
  makeUpWindowDays: 31,
  makeUpMonthlyLimit: 31,
  makeUpReasonLength: 100,
  inviteUses: 10_000,
  inviteHours: 8760,
  defaultInviteHours: 168,
  calendarDays: 400,
  /** Of one person's that his own calendar looks at: those he is in first, then the latest he was in. */
  calendarGroups: 200,
} as const;
