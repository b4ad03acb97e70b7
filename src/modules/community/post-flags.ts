export const POST_FLAGS = ['pinned', 'excellent', 'locked'] as const;
export type PostFlag = (typeof POST_FLAGS)[number];
