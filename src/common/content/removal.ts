import { appError, type AppError } from '../errors/app-error.js';
import type { ContentState } from './content-state.js';

/** The columns of what is taken away. */
export interface Removal {
  state: 'removed' | 'author_deleted';
  removedAt: Date;
  removedBy: number;
  removeReason: string | null;
}

/** Those of what is there again. */
export const RESTORED = { state: 'visible', removedAt: null, removedBy: null, removeReason: null } as const;

interface Act {
  at: Date;
  /** Kept of a moderator's removal only. */
  reason?: string;
  /** Whether the actor may take away what others have written there. */
  moderates: () => boolean | Promise<boolean>;
  /** What others are told of a thing that was taken away before. */
  notFound: () => AppError;
}

/**
 * What becomes of a thing that its author or a moderator takes away; undefined when he has done so before.
 * @throws NO_PERMISSION, or `notFound`
 */
export async function removalOf(
  actor: { id: number },
  written: { authorId: number; state: ContentState; removedBy: number | null },
  { at, reason, moderates, notFound }: Act,
): Promise<Removal | undefined> {
  if (written.state !== 'visible') {
    if (written.removedBy === actor.id) return undefined;
    throw notFound();
  }
  const by = { removedAt: at, removedBy: actor.id };
  if (written.authorId === actor.id) return { ...by, state: 'author_deleted', removeReason: null };
  if (await moderates()) return { ...by, state: 'removed', removeReason: reason ?? null };
  throw appError('NO_PERMISSION');
}
