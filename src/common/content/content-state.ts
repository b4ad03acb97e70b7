/**
 * `pending` waits for a moderator (nothing writes it yet); `removed` was taken away by a moderator, `author_deleted`
 * by its author. Only what is visible is counted.
 */
export const CONTENT_STATES = ['visible', 'pending', 'removed', 'author_deleted'] as const;
export type ContentState = (typeof CONTENT_STATES)[number];
