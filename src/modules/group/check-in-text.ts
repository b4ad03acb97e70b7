import type { AppError } from '../../common/errors/app-error.js';
import { imageRequired } from './check-in.errors.js';
import type { MembershipRow } from './group-context.js';
import { muted } from './group.errors.js';
import { isMuted } from './member.mapper.js';

interface Demands {
  /** Characters (code points) of the text. */
  minLength: number;
  tooShort: (min: number) => AppError;
  imageRequired: boolean;
}

/**
 * Text and pictures that go with a check-in or a make-up, and that others will see. One who is muted gives none,
 * and needs none, so that a mute never costs a streak.
 * @throws MUTED, IMAGE_REQUIRED, or `tooShort`
 */
export function assertContent(
  membership: Pick<MembershipRow, 'mutedUntil'>,
  { text, imageIds }: { text: string; imageIds: readonly number[] },
  now: Date,
  demands: Demands,
): void {
  if (isMuted(membership, now)) {
    if (text !== '' || imageIds.length > 0) throw muted();
    return;
  }
  if ([...text].length < demands.minLength) throw demands.tooShort(demands.minLength);
  if (demands.imageRequired && imageIds.length === 0) throw imageRequired();
}
