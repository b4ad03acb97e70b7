import type { AppError } from '../../common/errors/app-error.js';
import type { MembershipRow } from './group-context.js';
import { muted } from './group.errors.js';
import { isMuted } from './member.mapper.js';

/**
 * The text that goes with a check-in or a make-up, and that others will read. One who is muted writes none,
 * and needs none, so that a mute never costs a streak.
 * @throws MUTED, or `tooShort` below `min` characters (code points)
 */
export function assertText(
  membership: Pick<MembershipRow, 'mutedUntil'>,
  text: string,
  now: Date,
  min: number,
  tooShort: (min: number) => AppError,
): void {
  if (isMuted(membership, now)) {
    if (text !== '') throw muted();
  } else if ([...text].length < min) {
    throw tooShort(min);
  }
}
